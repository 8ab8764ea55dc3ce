import type { AggregateRow, PackCount, SummaryKey } from '../../compliance/model.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import type { ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import { location, timestamps } from './tool.ts';

/** An aggregator and what was read of it. */
export interface ReadAggregator extends ResolvedAggregator {
  /** Its rows, as far as they were wanted. */
  readonly rows: PagedList<AggregateRow>;
  readonly counts: PagedList<PackCount> | undefined;
}

/** An aggregator, as an answer tells it: whose it is, and how much of it was read. */
export const aggregatorTold = ({ aggregator, store, scope, rows, counts }: ReadAggregator, now: number) => ({
  aggregator: aggregator.name,
  ...location(store.connection, scope),
  rowsComplete: rows.complete,
  ...timestamps('rowsRead', rows.readAt, now),
  ...(counts && { countsComplete: counts.complete, ...timestamps('countsRead', counts.readAt, now) }),
});

/** Rule counts of a pack in one account and region, as an answer tells them. */
export const rowTold = ({ from, row }: { readonly from: ReadAggregator; readonly row: AggregateRow }) => ({
  aggregator: from.aggregator.name,
  account: row.account,
  region: row.region,
  pack: row.pack,
  status: row.compliance ?? null,
  compliantRules: row.compliantRules,
  nonCompliantRules: row.nonCompliantRules,
  totalRules: row.totalRules,
});

/** Packs as the service counts them, as an answer tells them. */
export const countsTold = (
  by: SummaryKey,
  counts: readonly { readonly from: ReadAggregator; readonly count: PackCount }[],
) => ({
  by,
  of: `All packs of each ${by} there, whatever pack and status were asked for; packs without data are not counted.`,
  groups: counts.map(({ from, count }) => ({ aggregator: from.aggregator.name, ...count })),
});
