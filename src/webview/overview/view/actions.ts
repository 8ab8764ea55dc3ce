import type { OverviewMessage } from '../protocol.ts';
import type { OverviewState } from '../state.ts';

/** What event handlers of the views can do. */
export interface OverviewActions {
  updateState(change: Partial<OverviewState>): void;
  send(message: OverviewMessage): void;
  /** Unfolds or folds a row. */
  toggleRow(id: string, index: number): void;
}
