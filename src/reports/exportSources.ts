import {
  type QueryResult,
  type ResolvedAggregator,
  type ResolvedConnection,
  resolveAggregators,
  resolveConnections,
  type ScopeFilter,
} from '../compliance/queries/lookup.ts';
import type { RowFilter } from '../compliance/source.ts';
import type { ConnectionStore } from '../compliance/store/connectionStore.ts';

/** What an export reads: a scope's own packs, or the rows of an aggregator. */
export type ExportSource = ScopeSource | AggregatorSource;

export interface ScopeSource extends ResolvedConnection {
  readonly aggregator?: undefined;
}

export interface AggregatorSource extends ResolvedAggregator {
  readonly filter: RowFilter;
}

/** A source as command arguments name it. */
export type SourceReference = ({ readonly aggregator: string } & RowFilter) | { readonly scope: Required<ScopeFilter> };

/**
 * Finds the source that a reference names. Uses the first connection that reads it. Rejects if there is none, with the
 * error that made the search incomplete, if any.
 */
export async function findSource(
  stores: readonly ConnectionStore[],
  reference: SourceReference,
): Promise<ExportSource> {
  if ('scope' in reference) {
    const { account, region } = reference.scope;
    const connections = await resolveConnections(stores, reference.scope);
    return getFirst(connections, `None of your connections covers account ${account} and region ${region}.`);
  }
  const { aggregator, ...filter } = reference;
  const aggregators = await resolveAggregators(stores, aggregator);
  return { ...getFirst(aggregators, `None of your connections has an aggregator ${aggregator}.`), filter };
}

/** Finds every source. Rejects if no connection can be read. */
export async function findAllSources(stores: readonly ConnectionStore[]): Promise<readonly ExportSource[]> {
  const [connections, aggregators] = await Promise.all([resolveConnections(stores), resolveAggregators(stores)]);
  getFirst(connections, 'There are no connections.');
  return [...connections.results, ...aggregators.results.map((each) => ({ ...each, filter: {} }))];
}

function getFirst<T>({ results: [first], failures: [failure] }: QueryResult<T>, message: string): T {
  if (first) return first;
  throw failure?.error ?? new Error(message);
}
