import type { UnhealthySource } from '../../compliance/model.ts';
import type { List } from '../../compliance/paging/list.ts';
import {
  type ResolvedAggregator,
  resolveAggregators,
  selectDistinctAggregators,
} from '../../compliance/queries/lookup.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatSourceState } from '../../compliance/text/states.ts';
import { toMissingScopeData } from './scopePacks.ts';
import { describeTruncation, type MissingData, toLocation, toMissingData } from './tool.ts';

/** Sources of an aggregator with missing or outdated data that an output names. */
const maxSources = 20;

/** The aggregators that a tool reads, and those that it cannot. */
export interface SelectedAggregators {
  readonly aggregators: readonly ResolvedAggregator[];
  readonly notRead: readonly MissingData[];
}

/** Finds the aggregators with a name, or all of them; one connection for each, because several can read the same one. */
export async function selectAggregators(
  stores: readonly ConnectionStore[],
  name: string | undefined,
  signal: AbortSignal,
): Promise<SelectedAggregators> {
  const { results, failures } = await resolveAggregators(stores, name, signal);
  const aggregators = selectDistinctAggregators(results);
  const notRead = failures.map((failure) => toMissingData(failure));
  const isUnknown = name !== undefined && results.length === 0 && failures.length === 0;
  return { aggregators, notRead: isUnknown ? [describeUnknownAggregator(stores, name)] : notRead };
}

function describeUnknownAggregator(stores: readonly ConnectionStore[], name: string): MissingData {
  const names = new Set(stores.flatMap(({ aggregators }) => aggregators.rows.map((aggregator) => aggregator.name)));
  return {
    what: `the aggregator ${name}`,
    reason: 'None of the configured connections has an aggregator with this name.',
    advice: names.size > 0 ? `Available: ${[...names].join(', ')}.` : 'Try another account or region.',
  };
}

/** The first of several aggregators, if the name allows several: an answer is about one of them. */
export function describeOtherAggregators(aggregators: readonly ResolvedAggregator[]): string[] {
  const names = [...new Set(aggregators.map(({ aggregator }) => aggregator.name))].slice(0, 10).join(', ');
  return describeTruncation(
    Math.min(1, aggregators.length),
    aggregators.length,
    'aggregators',
    `specify one of ${names}`,
  );
}

/** The aggregator that an output is about, as its member `aggregator`. */
export const toAggregatorName = ({ aggregator, store, scope }: ResolvedAggregator) => ({
  aggregator: aggregator.name,
  ...toLocation(store.connection, scope),
});

/** Sources with missing or outdated data, as the member `sourceFailures`. */
export const toSourceFailures = ({ rows }: List<UnhealthySource>) =>
  rows.slice(0, maxSources).map(({ id, region, state, reason, errorCode }) => ({
    source: id,
    ...(region !== undefined && { region }),
    state: formatSourceState(state),
    ...((reason ?? errorCode) !== undefined && { reason: reason ?? errorCode }),
  }));

/** What is missing from `toSourceFailures`. */
export const describeMissingSources = (resolved: ResolvedAggregator, list: List<UnhealthySource>): MissingData[] =>
  toMissingScopeData(`the sources of ${resolved.aggregator.name}`, resolved, list.errors);
