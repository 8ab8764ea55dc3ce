import type { ExportFormat } from '../../shared/protocol.ts';
import type { PanelMessage } from '../protocol.ts';
import type { ViewState } from '../state.ts';

/** What event handlers of the views can do. */
export interface Actions {
  updateView(change: Partial<ViewState>): void;
  send(message: PanelMessage): void;
  /** Unfolds or folds a row. */
  toggleRow(id: string): void;
  /** Loads the next resources of a rule, or of those of one owner, after the `shown` ones. */
  loadResources(rule: string, shown: number, owner: string): void;
  /** Copies the selected rules, or all visible ones, and the resources that are shown. */
  copyMarkdown(): void;
  /** Exports the visible rules, or all. */
  exportAs(format: ExportFormat, isEverything: boolean): void;
}
