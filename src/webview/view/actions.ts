import type { ExportFormat, FromPanel } from '../protocol.ts';
import type { View } from '../state.ts';

/** What a part of the panel can make happen. */
export interface Actions {
  /** Changes how the pack is looked at. */
  look(change: Partial<View>): void;
  send(message: FromPanel): void;
  /** Unfolds a line, or folds it. */
  toggle(id: string): void;
  /** Asks for more resources of a rule. */
  more(rule: string, shown: number): void;
  exportAs(format: ExportFormat): void;
}
