import {
  describeMissingSources,
  describeOtherAggregators,
  selectAggregators,
  toAggregatorName,
  toSourceFailures,
} from './aggregators.ts';
import { countOverview } from './overviewByQuery.ts';
import { readOverview } from './overviewByRows.ts';
import { type OverviewInputFilter, toAccountResult, toPackRankResult, toStateCountsResult } from './overviewResults.ts';
import { toMissingScopeData } from './scopePacks.ts';
import { describeTruncation, type Tool, toCompletenessResult, toTimestamps } from './tool.ts';

interface OverviewInput extends OverviewInputFilter {
  readonly aggregator?: string;
  readonly limit?: number;
}

/** `packscope_organizationOverview`: accounts and packs of an aggregator, worst first, with the coverage of each pack. */
export const organizationOverview: Tool<OverviewInput> = async (stores, input, signal) => {
  const { limit = 10 } = input;
  const { aggregators, notRead } = await selectAggregators(stores, input.aggregator, signal);
  const [resolved] = aggregators;
  if (!resolved) {
    const output = { ...toCompletenessResult({ notRead, cut: [] }), aggregator: null, accounts: [], packs: [] };
    return { entryCount: 0, toJson: () => output };
  }
  const sources = resolved.store.getUnhealthySources(resolved.aggregator.name);
  await sources.loadAll(signal);
  const counted = await countOverview(resolved, input, limit, sources.rows, signal);
  const overview = counted?.overview ?? (await readOverview(resolved, input, sources.rows, signal));
  const readAt = Date.now();
  const { accounts, packs, totals } = overview;
  // Complete rows say more than a query.
  const queryErrors = counted?.error && overview.cut.length > 0 ? [counted.error] : [];
  const missing = [
    ...notRead,
    ...overview.notRead,
    ...toMissingScopeData(`the counts of ${resolved.aggregator.name}`, resolved, queryErrors),
    ...describeMissingSources(resolved, sources),
  ];
  return {
    entryCount: limit,
    toJson: (entries, now) => ({
      ...toCompletenessResult({
        notRead: missing,
        cut: [
          ...describeOtherAggregators(aggregators),
          ...overview.cut,
          ...describeTruncation(entries, accounts.length, 'accounts', 'specify account or increase limit'),
          ...describeTruncation(entries, packs.length, 'packs', 'specify pack or increase limit'),
        ],
      }),
      aggregator: {
        ...toAggregatorName(resolved),
        countedBy: overview.countedBy,
        ...(counted?.problem !== undefined && { queryNotUsed: counted.problem }),
        rowsRead: overview.rowsRead,
        rowsExpected: overview.rowsExpected ?? null,
        ...toTimestamps('read', readAt, now),
      },
      sourceFailures: toSourceFailures(sources),
      totals: { accounts: accounts.length, ...toStateCountsResult(totals) },
      accounts: accounts.slice(0, entries).map(toAccountResult),
      packs: packs.slice(0, entries).map(toPackRankResult),
    }),
  };
};
