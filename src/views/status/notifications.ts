import * as vscode from 'vscode';
import { type Changes, changesBetween, type Seen, type SeenPacks, seenPacks } from '../../compliance/changes.ts';
import { placedPacks, type Standing } from '../../compliance/standing.ts';
import { commandIds, viewId } from '../../manifest.ts';
import { changeText } from './changeText.ts';
import type { Muted } from './muted.ts';

/** Tells of packs that became worse, in one message after each refresh. */
export class Notifications {
  readonly #muted: Muted;
  /** Mutes a pack, or asks which of several. */
  readonly #mute: (packs: readonly Seen[]) => Promise<void>;
  #seen: SeenPacks = new Map();

  constructor(muted: Muted, mute: (packs: readonly Seen[]) => Promise<void>) {
    this.#muted = muted;
    this.#mute = mute;
  }

  /** Compares what is known now with what was seen last, once nothing of it is being read. */
  look(standings: readonly Standing[], target: number): void {
    if (standings.some(({ loading }) => loading)) return;
    const now = seenPacks(placedPacks(standings, ({ packs }) => packs));
    const { fallen, failed } = changesBetween(this.#seen, now, target);
    this.#seen = new Map([...this.#seen, ...now]);
    const isWanted = ({ scope, name }: Seen) => !this.#muted.has(scope, name);
    void this.#tell({ fallen: fallen.filter(({ pack }) => isWanted(pack)), failed: failed.filter(isWanted) }, target);
  }

  async #tell(changes: Changes, target: number): Promise<void> {
    const text = changeText(changes, target);
    if (text === undefined) return;
    const packs = [...new Set([...changes.fallen.map(({ pack }) => pack), ...changes.failed])];
    const [pack, another] = packs;
    const [show, mute] = another ? ['Show', 'Mute…'] : ['Open Pack', 'Not for This Pack'];
    const chosen = await vscode.window.showWarningMessage(text, show, mute);
    if (chosen === mute) await this.#mute(packs);
    else if (chosen === show && another) await vscode.commands.executeCommand(`${viewId}.focus`);
    else if (chosen === show && pack) {
      const { account, region } = pack.scope;
      await vscode.commands.executeCommand(commandIds.openPack, { name: pack.name, account, region });
    }
  }
}
