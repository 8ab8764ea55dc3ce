import { type Filter, filterProblem } from '../compliance/filter.ts';
import {
  type QueryResult,
  type ResolvedConnection,
  resolveAggregators,
  resolveConnections,
  type ScopeFilter,
} from '../compliance/queries/lookup.ts';
import type { RowFilter } from '../compliance/source.ts';
import type { ConnectionStore } from '../compliance/store/connectionStore.ts';
import type { ExportSource } from './exportText.ts';
import { type FormatName, formatNames } from './formats.ts';

/** What to export, by the names that people know it by. */
export type NamedSource = ({ readonly aggregator: string } & RowFilter) | { readonly scope: Required<ScopeFilter> };

/** Reads the argument of a keybinding, a task or another extension; `uri` is left as it was given. Throws where it is none, saying why. */
export function parseRequest(args: unknown): { source: NamedSource; format: FormatName; uri: unknown } {
  const { source, format, uri } = members(args, ['source', 'format', 'uri'], 'The argument');
  const name = formatNames.find((each) => each === format);
  if (!name) throw new Error(`format: Give one of ${formatNames.join(', ')}.`);
  return { source: parseSource(source), format: name, uri };
}

function parseSource(args: unknown): NamedSource {
  if (typeof args === 'object' && args !== null && 'scope' in args) {
    const { scope } = members(args, ['scope'], 'source');
    const { account, region } = members(scope, ['account', 'region'], 'source.scope');
    return { scope: { account: checked('account', account), region: checked('region', region) } };
  }
  const { aggregator, pack, ...rest } = members(
    args,
    ['aggregator', 'pack', 'account', 'region', 'compliance'],
    'source',
  );
  if (typeof aggregator !== 'string' || aggregator === '') {
    throw new Error('source: Give { aggregator } with its name, or { scope: { account, region } }.');
  }
  const filter: Filter = rest as object;
  for (const [key, value] of Object.entries(filter)) checked(key as keyof Filter, value);
  return { ...filter, ...(pack !== undefined && { pack: checked('name', pack, 'pack') }), aggregator };
}

/** The members of an object that may have these and no others. */
function members<K extends string>(
  args: unknown,
  names: readonly K[],
  what: string,
): { readonly [key in K]?: unknown } {
  if (typeof args !== 'object' || args === null) throw new Error(`${what}: Give an object with ${names.join(', ')}.`);
  const strange = Object.keys(args).find((key) => !names.some((name) => name === key));
  if (strange !== undefined) throw new Error(`${what}: ${strange} is none of ${names.join(', ')}.`);
  return args;
}

function checked(key: keyof Filter, value: unknown, what: string = key): string {
  const problem = filterProblem(key, value);
  if (problem) throw new Error(`source, ${what}: ${problem}`);
  return String(value);
}

/**
 * What a name stands for: through the first connection that reads it. Rejects with what kept it from being found, or
 * says that there is no such thing.
 */
export async function findSource(stores: readonly ConnectionStore[], named: NamedSource): Promise<ExportSource> {
  if ('scope' in named) {
    const { account, region } = named.scope;
    return firstOf(
      await resolveConnections(stores, named.scope),
      `No connection is of account ${account} in ${region}.`,
    );
  }
  const { aggregator, ...filter } = named;
  const found = await resolveAggregators(stores, aggregator);
  return { ...firstOf(found, `No connection reads an aggregator ${aggregator}.`), filter };
}

/** Everything that can be exported. Rejects with why nothing was found. */
export async function allSources(stores: readonly ConnectionStore[]): Promise<readonly ExportSource[]> {
  const [scopes, aggregators] = await Promise.all([resolveConnections(stores), resolveAggregators(stores)]);
  firstOf(scopes, 'There is no connection.');
  return [...scopes.results, ...aggregators.results.map((each) => ({ ...each, filter: {} }))];
}

function firstOf<T extends ResolvedConnection>(
  { results: [first], failures: [unread] }: QueryResult<T>,
  otherwise: string,
): T {
  if (first) return first;
  throw unread?.error ?? new Error(otherwise);
}
