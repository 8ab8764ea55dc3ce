import type { AggregateRow, PackCount, SummaryKey } from '../../compliance/model.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import type { ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import { formatRulesPassing } from '../../compliance/text/states.ts';
import { toComplianceResult, toLocation, toTimestamps } from './tool.ts';

/** An aggregator with the lists that were loaded from it. */
export interface LoadedAggregator extends ResolvedAggregator {
  readonly rows: PagedList<AggregateRow>;
  readonly counts: PagedList<PackCount> | undefined;
}

/** An item of the member `aggregators`. */
export const toAggregatorResult = ({ aggregator, store, scope, rows, counts }: LoadedAggregator, now: number) => ({
  aggregator: aggregator.name,
  ...toLocation(store.connection, scope),
  rowsComplete: rows.isComplete,
  ...toTimestamps('rowsRead', rows.readAt, now),
  ...(counts && { countsComplete: counts.isComplete, ...toTimestamps('countsRead', counts.readAt, now) }),
});

/** An item of the member `rows`: the rule counts of a pack in one account and region. */
export const toRowResult = ({ from, row }: { readonly from: LoadedAggregator; readonly row: AggregateRow }) => ({
  aggregator: from.aggregator.name,
  account: row.account,
  region: row.region,
  pack: row.pack,
  ...toComplianceResult('status', row.compliance),
  compliantRules: row.compliantRules,
  nonCompliantRules: row.nonCompliantRules,
  totalRules: row.totalRules,
  ...(row.countsText !== undefined && { countsText: formatRulesPassing(row) }),
});

/** The member `counts`: packs, counted by AWS Config. */
export const toPackCountsResult = (
  by: SummaryKey,
  counts: readonly { readonly from: LoadedAggregator; readonly count: PackCount }[],
) => ({
  by,
  of: `All packs of each ${by}, regardless of pack and status in the query. Packs without data are not counted.`,
  groups: counts.map(({ from, count }) => ({ aggregator: from.aggregator.name, ...count })),
});
