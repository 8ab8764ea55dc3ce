import type * as vscode from 'vscode';
import type { ConnectionLists } from '../compliance/connectionLists.ts';
import type { Estate } from '../compliance/estate.ts';
import { type History, historyKey, type SeenScore, withPacks } from '../compliance/history.ts';
import type { Pack, Scope } from '../compliance/model.ts';
import { PackList } from '../compliance/packList.ts';
import type { Connection } from '../compliance/source.ts';

const storageKey = 'packscope.scores';

/** The scores that this machine has seen, kept in the extension's storage: numbers and times by pack, nothing else. */
export class ScoreHistory {
  readonly #storage: vscode.Memento;

  constructor(storage: vscode.Memento, estate: Estate, connections: () => readonly Connection[]) {
    this.#storage = storage;
    estate.onDidChange((list) => {
      // Rules and results come in many pages and hold no scores: only packs, and whose they are, can bring some.
      for (const known of connections().map((connection) => estate.of(connection))) {
        if (list === known.scope || list instanceof PackList) this.#add(known);
      }
    });
  }

  /** A pack's scores, oldest first. */
  of(scope: Scope, pack: Pack | undefined): readonly SeenScore[] {
    const id = pack?.deployment?.id;
    return (id && this.#history[historyKey(scope, id)]) || [];
  }

  get #history(): History {
    return this.#storage.get<History>(storageKey, {});
  }

  #add(known: ConnectionLists): void {
    const [scope] = known.scope.rows;
    if (!scope) return;
    const before = this.#history;
    const after = withPacks(before, scope, known.knownPacks());
    if (after !== before) void this.#storage.update(storageKey, after);
  }
}
