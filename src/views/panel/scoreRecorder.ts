import type * as vscode from 'vscode';
import type { Pack, Scope } from '../../compliance/model.ts';
import {
  getHistoryKey,
  type RecordedScore,
  type RecordedScores,
  recordScores,
} from '../../compliance/queries/scoreHistory.ts';
import type { Connection } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { PackList } from '../../compliance/store/packList.ts';

const storageKey = 'packscope.scores';

/** Records every loaded score in the extension's storage, for the trend of a pack. */
export class ScoreRecorder {
  readonly #storage: vscode.Memento;

  constructor(storage: vscode.Memento, estate: Estate, getConnections: () => readonly Connection[]) {
    this.#storage = storage;
    estate.onDidChange((list) => {
      for (const store of estate.getStores(getConnections())) {
        // Rules and results change often and have no scores.
        if (list === store.identity || list instanceof PackList) this.#record(store);
      }
    });
  }

  /** A pack's recorded scores, oldest first. */
  getScores(scope: Scope, pack: Pack | undefined): readonly RecordedScore[] {
    const id = pack?.deployment?.id;
    return (id && this.#recordedScores[getHistoryKey(scope, id)]) || [];
  }

  get #recordedScores(): RecordedScores {
    return this.#storage.get<RecordedScores>(storageKey, {});
  }

  #record(store: ConnectionStore): void {
    const [scope] = store.identity.rows;
    if (!scope || store.connection.isSample) return;
    const previous = this.#recordedScores;
    const updated = recordScores(previous, scope, store.getLoadedPacks());
    if (updated !== previous) void this.#storage.update(storageKey, updated);
  }
}
