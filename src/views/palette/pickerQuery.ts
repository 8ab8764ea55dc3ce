import type { AggregateRow } from '../../compliance/model.ts';
import type { PackMatch, PackRef } from '../../compliance/packRef.ts';
import type { ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import type { ReadFailure } from '../../compliance/queries/readFailures.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';

/** The data that queries read. */
export interface QueryContext {
  /** The stores of the configured connections; changes with the settings. */
  readonly getStores: () => readonly ConnectionStore[];
}

/** A result of a query. */
export type PickerResult =
  | { readonly kind: 'pack'; readonly match: PackMatch }
  | { readonly kind: 'row'; readonly row: AggregateRow; readonly pack: PackRef; readonly readAt: number | undefined }
  | { readonly kind: 'aggregator'; readonly resolved: ResolvedAggregator };

/** A query that a picker can show while it runs. Results and failures are available at any time. */
export interface PickerQuery {
  readonly title: string;
  readonly placeholder: string;
  /** The results that have been loaded so far, in display order. May leave out results that do not match `text`. */
  getResults(text: string): readonly PickerResult[];
  /** How many results match `text` but are left out of a long list. */
  getHiddenCount?(text: string): number;
  getFailures(): readonly ReadFailure[];
  /** Explains an empty result of complete lists to the user. `readAt`: when the oldest was read, epoch milliseconds. */
  describeEmptyResult(): { readonly label: string; readonly detail: string; readonly readAt: number | undefined };
  /** Loads results. An aborted run keeps what it has loaded. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Loads what has the typed text as its exact name, if it is not loaded. Never rejects. */
  search?(text: string, signal: AbortSignal): Promise<void>;
  /** Calls `listener` when results are available that were still being computed when `getResults` ran. */
  onDidCompute?(listener: () => void): void;
  /** Whether `getResults` lacks results for `text` that are still being computed. */
  isComputing?(text: string): boolean;
  /** Whether the next run can load more results, after `requestMore` if there is such a method. */
  hasMore(): boolean;
  /** How many results have been loaded, also those that `getResults` leaves out. */
  getLoadedCount(): number;
  /** Makes the next run load more results. */
  requestMore?(): void;
  /** Makes the next run read this aggregator. */
  selectAggregator?(aggregator: ResolvedAggregator): void;
}
