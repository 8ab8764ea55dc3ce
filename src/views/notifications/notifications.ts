import * as vscode from 'vscode';
import { type ConnectionSummary, collectDistinctPacks } from '../../compliance/queries/connectionSummary.ts';
import {
  findChanges,
  type PackChanges,
  type PackState,
  type PackStates,
  toPackStates,
} from '../../compliance/queries/packChanges.ts';
import { commandIds, viewId } from '../../manifest.ts';
import type { MutedPacks } from './mutedPacks.ts';
import { changeText } from './notificationText.ts';

/** Tells of packs that became worse, in one message after each refresh. */
export class Notifications {
  readonly #muted: MutedPacks;
  /** Mutes a pack, or asks which of several. */
  readonly #mute: (packs: readonly PackState[]) => Promise<void>;
  #seen: PackStates = new Map();

  constructor(muted: MutedPacks, mute: (packs: readonly PackState[]) => Promise<void>) {
    this.#muted = muted;
    this.#mute = mute;
  }

  /** Compares what is known now with what was seen last, once nothing of it is being read. */
  update(summaries: readonly ConnectionSummary[], target: number): void {
    if (summaries.some(({ isLoading }) => isLoading)) return;
    const now = toPackStates(collectDistinctPacks(summaries, ({ packs }) => packs));
    const { dropped, failed } = findChanges(this.#seen, now, target);
    this.#seen = new Map([...this.#seen, ...now]);
    const isWanted = (pack: PackState) => !this.#muted.has(pack);
    void this.#tell({ dropped: dropped.filter(({ pack }) => isWanted(pack)), failed: failed.filter(isWanted) }, target);
  }

  async #tell(changes: PackChanges, target: number): Promise<void> {
    const text = changeText(changes, target);
    if (text === undefined) return;
    const packs = [...new Set([...changes.dropped.map(({ pack }) => pack), ...changes.failed])];
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
