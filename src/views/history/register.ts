import * as vscode from 'vscode';
import type { GetRowChange, GetScoreChange, History } from '../../compliance/history/history.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';

/** What views use of the history. */
export interface HistoryAccess {
  readonly load: () => Promise<History>;
  /** Undefined also while the history is loading. */
  readonly getScoreChange: GetScoreChange;
  readonly getRowChange: GetRowChange;
  /** Fires when scores can be compared that could not before. */
  readonly onDidLoad: vscode.Event<void>;
}

/** Stores what is read from the estate's first change on. */
export function registerHistory(
  context: vscode.ExtensionContext,
  { estate, log }: { readonly estate: Estate; readonly log: vscode.LogOutputChannel },
): HistoryAccess {
  // The history loads while the first lists do: these belong to this session.
  const startedAt = Date.now();
  const onDidLoad = new vscode.EventEmitter<void>();
  let history: Promise<History> | undefined;
  let loaded: History | undefined;
  const load = () => {
    history ??= import('./openHistory.ts').then(({ openHistory }) => {
      loaded = openHistory(context, { estate, log, startedAt, onDidLoad: () => onDidLoad.fire() });
      return loaded;
    });
    return history;
  };
  context.subscriptions.push(onDidLoad);
  onFirstChange(estate, () => true, load);
  return {
    load,
    getScoreChange: (scope, pack) => loaded?.getScoreChange(scope, pack),
    getRowChange: (scope, aggregator, row) => loaded?.getRowChange(scope, aggregator, row),
    onDidLoad: onDidLoad.event,
  };
}
