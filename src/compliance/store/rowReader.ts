import type { AggregateRow, PackCount, SummaryKey } from '../model.ts';
import type { FetchPage } from '../paging/pages.ts';
import { PartitionedReader } from '../paging/partitionedReader.ts';
import type { RowFilter } from '../source.ts';

/** The part of a `ConnectionStore` that reads aggregators. */
interface AggregateStore {
  getAggregateRowPages(aggregator: string, filter: RowFilter): FetchPage<AggregateRow>;
  getPackCountPages(aggregator: string, by: SummaryKey, filter: RowFilter): FetchPage<PackCount>;
}

/**
 * Opens a reader of an aggregator's rows that reads partitions side by side, without caching them. Rejects with the error
 * of the summary (GetAggregateConformancePackComplianceSummary), unless it is denied.
 */
export function openRowReader(
  store: AggregateStore,
  aggregator: string,
  filter: RowFilter,
  signal: AbortSignal,
): Promise<PartitionedReader> {
  const fetchers = {
    fetchRows: (partition: RowFilter) => store.getAggregateRowPages(aggregator, partition),
    fetchCounts: (by: SummaryKey, within: RowFilter) => store.getPackCountPages(aggregator, by, within),
  };
  return PartitionedReader.open(fetchers, filter, signal);
}
