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
import { showWarning } from '../shared/messages.ts';
import type { MutedPacks } from './mutedPacks.ts';
import { formatChanges } from './notificationText.ts';

/** Shows one notification after each refresh in which packs became worse. */
export class Notifications {
  readonly #mutedPacks: MutedPacks;
  readonly #mute: (packs: readonly PackState[]) => Promise<void>;
  #lastStates: PackStates = new Map();

  /** `mute` mutes a single pack, or lets the user pick from several. */
  constructor(mutedPacks: MutedPacks, mute: (packs: readonly PackState[]) => Promise<void>) {
    this.#mutedPacks = mutedPacks;
    this.#mute = mute;
  }

  /** Compares the packs with those of the last call. Does nothing while a connection is loading. */
  update(summaries: readonly ConnectionSummary[], target: number): void {
    if (summaries.some(({ isLoading }) => isLoading)) return;
    const states = toPackStates(collectDistinctPacks(summaries, ({ packs }) => packs));
    const { dropped, failed } = findChanges(this.#lastStates, states, target);
    this.#lastStates = new Map([...this.#lastStates, ...states]);
    const isUnmuted = (pack: PackState) => !this.#mutedPacks.has(pack);
    void this.#show(
      { dropped: dropped.filter(({ pack }) => isUnmuted(pack)), failed: failed.filter(isUnmuted) },
      target,
    );
  }

  async #show(changes: PackChanges, target: number): Promise<void> {
    const text = formatChanges(changes, target);
    if (text === undefined) return;
    const packs = [...new Set([...changes.dropped.map(({ pack }) => pack), ...changes.failed])];
    const [firstPack, secondPack] = packs;
    const [show, mute] = secondPack ? ['Show', 'Mute…'] : ['Open Pack', 'Mute This Pack'];
    const choice = await showWarning(text, show, mute);
    if (choice === mute) await this.#mute(packs);
    else if (choice === show && secondPack) await vscode.commands.executeCommand(`${viewId}.focus`);
    else if (choice === show && firstPack) {
      const { account, region } = firstPack.scope;
      await vscode.commands.executeCommand(commandIds.openPack, { name: firstPack.name, account, region });
    }
  }
}
