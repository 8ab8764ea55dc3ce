import { toCountFilter, toRowFilter } from '../../compliance/filter.ts';
import type { ComplianceType, SummaryKey } from '../../compliance/model.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { ResolvedAggregator, ScopeFilter } from '../../compliance/queries/lookup.ts';
import { type LoadedAggregator, toAggregatorResult, toPackCountsResult, toRowResult } from './aggregateResults.ts';
import { selectAggregators } from './aggregators.ts';
import { toMissingScopeData } from './scopePacks.ts';
import { describeTruncation, type MissingData, type Tool, toCompletenessResult } from './tool.ts';

interface AggregateInput extends ScopeFilter {
  readonly aggregator?: string;
  readonly pack?: string;
  readonly status?: ComplianceType;
  readonly limit?: number;
  readonly countBy?: SummaryKey;
}

const maxAggregators = 30;
const maxCounts = 500;

/** `packscope_aggregateCompliance`: rows of aggregators up to a limit, and packs as counted by AWS Config. */
export const aggregateCompliance: Tool<AggregateInput> = async (stores, input, signal) => {
  const { limit = 50, countBy } = input;
  const selected = await selectAggregators(stores, input.aggregator, signal);
  const { aggregators } = selected;
  const loaded = await loadAggregators(aggregators.slice(0, maxAggregators), input, signal);
  const notRead = [...selected.notRead, ...loaded.flatMap(describeMissingLists)];
  const counts = loaded
    .flatMap((from) => from.counts?.rows.map((count) => ({ from, count })) ?? [])
    .slice(0, maxCounts);
  const rows = loaded.flatMap((from) => from.rows.rows.map((row) => ({ from, row }))).slice(0, limit);
  return {
    entryCount: counts.length + rows.length,
    toJson: (entries, now) => {
      const includedCounts = counts.slice(0, entries);
      const includedRows = rows.slice(0, Math.max(0, entries - counts.length));
      const cut = [
        ...describeTruncation(loaded.length, aggregators.length, 'aggregators', 'specify aggregator'),
        ...describeListTruncation(loaded, includedRows.length, includedCounts.length),
      ];
      return {
        ...toCompletenessResult({ notRead, cut }),
        aggregators: loaded.map((each) => toAggregatorResult(each, now)),
        ...(countBy && { counts: toPackCountsResult(countBy, includedCounts) }),
        rows: includedRows.map(toRowResult),
      };
    },
  };
};

/** Loads one aggregator after the other until there are enough rows. */
async function loadAggregators(
  aggregators: readonly ResolvedAggregator[],
  input: AggregateInput,
  signal: AbortSignal,
): Promise<readonly LoadedAggregator[]> {
  const { limit = 50, countBy, account, region, pack, status } = input;
  const filter = {
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(pack !== undefined && { name: pack }),
    ...(status !== undefined && { compliance: status }),
  };
  const loaded: LoadedAggregator[] = [];
  let remaining = limit;
  for (const resolved of aggregators) {
    const { store, aggregator } = resolved;
    const rows = store.getAggregateRows(aggregator.name, toRowFilter(filter));
    const counts = countBy && store.getPackCounts(aggregator.name, countBy, toCountFilter(filter));
    await Promise.all([remaining > 0 && rows.loadUpTo(remaining, signal), counts?.loadUpTo(maxCounts, signal)]);
    remaining -= rows.rows.length;
    loaded.push({ ...resolved, rows, counts });
  }
  return loaded;
}

const describeMissingLists = (loaded: LoadedAggregator): MissingData[] => [
  ...toMissingScopeData(`the rows of ${loaded.aggregator.name}`, loaded, loaded.rows.errors),
  ...toMissingScopeData(`the counts of ${loaded.aggregator.name}`, loaded, loaded.counts?.errors ?? []),
];

function describeListTruncation(
  loaded: readonly LoadedAggregator[],
  includedRows: number,
  includedCounts: number,
): string[] {
  const hasMore = (lists: readonly List<unknown>[], includedCount: number) =>
    lists.some(({ isComplete }) => !isComplete) ||
    lists.reduce((sum, { rows }) => sum + rows.length, 0) > includedCount;
  const rowLists = loaded.map(({ rows }) => rows);
  const countLists = loaded.flatMap(({ counts }) => counts ?? []);
  const advice = 'narrow the query with aggregator, account, region, pack or status, or increase limit';
  return [
    ...(hasMore(rowLists, includedRows)
      ? [`${includedRows} rows are included, and there may be more: ${advice}.`]
      : []),
    ...(hasMore(countLists, includedCounts)
      ? [`${includedCounts} counts are included, and there may be more: narrow the query to one account or region.`]
      : []),
  ];
}
