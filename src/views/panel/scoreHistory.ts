import type * as vscode from 'vscode';
import type { Pack, Scope } from '../../compliance/model.ts';
import { type History, historyKey, type RecordedScore, withPacks } from '../../compliance/queries/scoreHistory.ts';
import type { Connection } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { PackList } from '../../compliance/store/packList.ts';

const storageKey = 'packscope.scores';

/** The scores that this machine has seen, kept in the extension's storage: numbers and times by pack, nothing else. */
export class ScoreHistory {
  readonly #storage: vscode.Memento;

  constructor(storage: vscode.Memento, estate: Estate, connections: () => readonly Connection[]) {
    this.#storage = storage;
    estate.onDidChange((list) => {
      // Rules and results come in many pages and hold no scores: only packs, and whose they are, can bring some.
      for (const store of connections().map((connection) => estate.store(connection))) {
        if (list === store.scope || list instanceof PackList) this.#add(store);
      }
    });
  }

  /** A pack's scores, oldest first. */
  of(scope: Scope, pack: Pack | undefined): readonly RecordedScore[] {
    const id = pack?.deployment?.id;
    return (id && this.#history[historyKey(scope, id)]) || [];
  }

  get #history(): History {
    return this.#storage.get<History>(storageKey, {});
  }

  #add(store: ConnectionStore): void {
    const [scope] = store.scope.rows;
    if (!scope) return;
    const before = this.#history;
    const after = withPacks(before, scope, store.loadedPacks());
    if (after !== before) void this.#storage.update(storageKey, after);
  }
}
