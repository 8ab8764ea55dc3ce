import { getPackKey } from '../compliance/model.ts';
import {
  type QueryResult,
  resolveAggregators,
  resolveConnections,
  type ScopeFilter,
} from '../compliance/queries/lookup.ts';
import type { ReadFailure } from '../compliance/queries/readFailures.ts';
import type { RowFilter } from '../compliance/source.ts';
import type { ConnectionStore } from '../compliance/store/connectionStore.ts';
import { createQuery, type ExportQuery, type ExportSource } from './exportQuery.ts';

/** A source as command arguments name it. */
export type SourceReference =
  | ({ readonly aggregator: string } & RowFilter)
  | { readonly scope: Required<ScopeFilter>; readonly packs?: readonly string[] }
  | { readonly framework: string };

/**
 * Finds what a reference names. Uses the first connection that reads it. Rejects if there is none, with the
 * error that made the search incomplete, if any.
 */
export async function findSource(stores: readonly ConnectionStore[], reference: SourceReference): Promise<ExportQuery> {
  if ('framework' in reference) {
    const { framework } = reference;
    const { sources, failures } = await findAllSources(stores);
    return createQuery(selectFrameworkSources(sources), { unreadSources: failures, filter: { framework } });
  }
  if ('scope' in reference) {
    const { packs } = reference;
    const { account, region } = reference.scope;
    const connections = await resolveConnections(stores, reference.scope);
    const source = getFirst(connections, `None of your connections covers account ${account} and region ${region}.`);
    return createQuery([{ ...source, ...(packs && { packs }) }]);
  }
  const { aggregator, pack, ...filter } = reference;
  const aggregators = await resolveAggregators(stores, aggregator);
  const source = getFirst(aggregators, `None of your connections has an aggregator ${aggregator}.`);
  return createQuery([source], { filter: { ...filter, ...(pack !== undefined && { name: pack }) } });
}

/** Every source, and which connections could not be read, so that sources may be missing. */
export interface AllSources {
  readonly sources: readonly ExportSource[];
  readonly failures: readonly ReadFailure[];
}

/** Finds every source. Rejects if no connection can be read, or if the account of one changed meanwhile. */
export async function findAllSources(stores: readonly ConnectionStore[]): Promise<AllSources> {
  const [connections, aggregators] = await Promise.all([resolveConnections(stores), resolveAggregators(stores)]);
  getFirst(connections, 'There are no connections.');
  // Includes those of the connections.
  const { failures } = aggregators;
  const ending = failures.find(({ error }) => error.kind === 'accountChanged');
  if (ending) throw ending.error;
  return { sources: [...connections.results, ...aggregators.results], failures };
}

/** The sources that have a framework's packs: each scope and each aggregator once. */
export function selectFrameworkSources(sources: readonly ExportSource[]): readonly ExportSource[] {
  const getKey = ({ scope, aggregator }: ExportSource) => getPackKey(scope, aggregator?.name ?? '');
  return [...new Map(sources.map((source) => [getKey(source), source])).values()];
}

function getFirst<T>({ results: [first], failures: [failure] }: QueryResult<T>, message: string): T {
  if (first) return first;
  throw failure?.error ?? new Error(message);
}
