import { countFilter, rowFilter } from '../../compliance/filter.ts';
import type { ComplianceType, SummaryKey } from '../../compliance/model.ts';
import type { List } from '../../compliance/paging/list.ts';
import { type ResolvedAggregator, resolveAggregators, type ScopeFilter } from '../../compliance/queries/lookup.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { aggregatorTold, countsTold, type ReadAggregator, rowTold } from './aggregateFacts.ts';
import { notReadThere } from './places.ts';
import { cutAt, type NotRead, notRead, standing, type Tool } from './tool.ts';

interface AggregateInput extends ScopeFilter {
  readonly aggregator?: string;
  readonly pack?: string;
  readonly status?: ComplianceType;
  readonly limit?: number;
  readonly countBy?: SummaryKey;
}

/** So many aggregators are read at most. */
const maxAggregators = 30;

/** So many groups are counted at most. */
const maxCounts = 500;

const narrower = 'give aggregator, account, region, pack or status';

/** `packscope_aggregateCompliance`: rows of aggregators up to a limit, and packs as the service counts them. */
export const aggregateCompliance: Tool<AggregateInput> = async (stores, input, signal) => {
  const { limit = 50, countBy } = input;
  const { results, failures } = await resolveAggregators(stores, input.aggregator, signal);
  const aggregators = onceEach(results);
  const read = await readAggregators(aggregators.slice(0, maxAggregators), input, signal);
  const isAbsent = results.length === 0 && failures.length === 0;
  const missing = isAbsent && input.aggregator !== undefined ? [noAggregator(stores, input.aggregator)] : [];
  const failed = [...failures.map((failure) => notRead(failure)), ...read.flatMap(notReadOf), ...missing];
  const counts = read.flatMap((from) => from.counts?.rows.map((count) => ({ from, count })) ?? []).slice(0, maxCounts);
  const rows = read.flatMap((from) => from.rows.rows.map((row) => ({ from, row }))).slice(0, limit);
  return {
    entries: counts.length + rows.length,
    answer: (entries, now) => {
      const shown = { counts: counts.slice(0, entries), rows: rows.slice(0, Math.max(0, entries - counts.length)) };
      return {
        ...standing({
          notRead: failed,
          cut: [...cutAt(read.length, aggregators.length, 'aggregators', 'give aggregator'), ...cutOf(read, shown)],
        }),
        aggregators: read.map((each) => aggregatorTold(each, now)),
        ...(countBy && { counts: countsTold(countBy, shown.counts) }),
        rows: shown.rows.map(rowTold),
      };
    },
  };
};

/** Reads one aggregator after the other, until there are as many rows as are wanted. */
async function readAggregators(found: readonly ResolvedAggregator[], input: AggregateInput, signal: AbortSignal) {
  const { limit = 50, countBy, aggregator: _name, status, ...where } = input;
  const filter = { ...where, ...(status !== undefined && { compliance: status }) };
  const read: ReadAggregator[] = [];
  let wanted = limit;
  for (const owned of found) {
    const { store, aggregator } = owned;
    const rows = store.rows(aggregator.name, rowFilter(filter));
    const counts = countBy && store.packCounts(aggregator.name, countBy, countFilter(filter));
    await Promise.all([wanted > 0 && rows.loadUpTo(wanted, signal), counts?.loadUpTo(maxCounts, signal)]);
    wanted -= rows.rows.length;
    read.push({ ...owned, rows, counts });
  }
  return read;
}

/** Two connections may lead to one aggregator. */
const onceEach = (found: readonly ResolvedAggregator[]): ResolvedAggregator[] =>
  [
    ...Map.groupBy(found, ({ scope, aggregator }) => `${scope.account}/${scope.region}/${aggregator.name}`).values(),
  ].flatMap(([first]) => first ?? []);

const notReadOf = (each: ReadAggregator): NotRead[] => [
  ...each.rows.errors.map((error) => notReadThere(`the rows of ${each.aggregator.name}`, each, error)),
  ...(each.counts?.errors ?? []).map((error) => notReadThere(`the counts of ${each.aggregator.name}`, each, error)),
];

function noAggregator(stores: readonly ConnectionStore[], name: string): NotRead {
  const names = stores.flatMap(({ aggregators }) => aggregators.rows.map((each) => each.name));
  return {
    what: `the aggregator ${name}`,
    reason: 'None of the connections reads an aggregator of this name.',
    advice: names.length > 0 ? `There are: ${[...new Set(names)].join(', ')}.` : 'Look in another account or region.',
  };
}

function cutOf(
  read: readonly ReadAggregator[],
  shown: { rows: readonly unknown[]; counts: readonly unknown[] },
): string[] {
  const isMore = (lists: readonly List<unknown>[], told: number) =>
    lists.some(({ complete }) => !complete) || lists.reduce((sum, { rows }) => sum + rows.length, 0) > told;
  const rows = read.map((each) => each.rows);
  const counts = read.flatMap((each) => each.counts ?? []);
  return [
    ...(isMore(rows, shown.rows.length)
      ? [`${shown.rows.length} rows are shown, and there may be more: ${narrower}, or a larger limit.`]
      : []),
    ...(isMore(counts, shown.counts.length)
      ? [`${shown.counts.length} counts are shown, and there may be more: give account or region.`]
      : []),
  ];
}
