import type { ComplianceError } from '../../compliance/errors.ts';
import type { Pack } from '../../compliance/model.ts';
import { type ResolvedConnection, resolveConnections, type ScopeFilter } from '../../compliance/queries/lookup.ts';
import { getPackLists } from '../../compliance/queries/packLists.ts';
import { toReadFailures } from '../../compliance/queries/readFailures.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatScore } from '../../compliance/text/score.ts';
import { describeTruncation, type MissingData, toLocation, toMissingData, toTimestamps } from './tool.ts';

/** The number of scopes that an output lists. */
const maxScopes = 50;

/** A connection's own scope and its packs. */
export interface ScopePacks extends ResolvedConnection {
  readonly packs: readonly Pack[];
  readonly readAt: number | undefined;
  readonly isComplete: boolean;
  readonly errors: readonly ComplianceError[];
}

export interface LoadedScopes {
  readonly scopes: readonly ScopePacks[];
  readonly missing: readonly MissingData[];
}

/** Loads the packs of every scope that matches the filter: the packs with an exact name, or all packs. */
export async function loadScopePacks(
  stores: readonly ConnectionStore[],
  filter: ScopeFilter,
  name: string | undefined,
  signal: AbortSignal,
): Promise<LoadedScopes> {
  const { results, failures } = await resolveConnections(stores, filter, signal);
  const loaded = await Promise.all(results.map((connection) => loadPacks(connection, name, signal)));
  const scopes = selectBestPerScope(loaded);
  const isUncovered = results.length === 0 && failures.length === 0;
  return {
    scopes,
    missing: [
      ...failures.map((failure) => toMissingData(failure)),
      ...scopes.flatMap((scope) => toMissingScopeData('the packs', scope, scope.errors)),
      ...(isUncovered ? [describeUncoveredScope(filter)] : []),
    ],
  };
}

/** If several connections have the same scope, selects the one with the fewest errors. */
function selectBestPerScope(loaded: readonly ScopePacks[]): ScopePacks[] {
  const fewestErrorsFirst = loaded.toSorted((a, b) => a.errors.length - b.errors.length);
  const byScope = Map.groupBy(fewestErrorsFirst, ({ scope }) => `${scope.account}/${scope.region}`);
  return [...byScope.values()].flatMap(([best]) => best ?? []);
}

async function loadPacks(
  connection: ResolvedConnection,
  name: string | undefined,
  signal: AbortSignal,
): Promise<ScopePacks> {
  const lists = getPackLists(connection.store, name === undefined ? undefined : [name]);
  await Promise.all(lists.map((list) => list.loadAll(signal)));
  return {
    ...connection,
    packs: lists.flatMap(({ rows }) => rows).filter((pack) => name === undefined || pack.name === name),
    readAt: lists[0]?.readAt,
    isComplete: lists.every(({ isComplete }) => isComplete),
    errors: lists.flatMap(({ errors }) => errors),
  };
}

/** Reports errors of a resolved connection. */
export const toMissingScopeData = (
  what: string,
  { store, scope }: ResolvedConnection,
  errors: readonly ComplianceError[],
): MissingData[] => toReadFailures(store, what, errors).map((failure) => toMissingData(failure, scope));

const describeUncoveredScope = ({ account = 'any account', region = 'any region' }: ScopeFilter): MissingData => ({
  what: `the packs of ${account} in ${region}`,
  reason: 'None of the configured connections covers this account and region.',
  advice: 'Add a connection with Packscope: Select Connections…, or query an aggregator.',
});

/** The scopes that were read, as the member `places`. */
export const toScopeResults = (scopes: readonly ScopePacks[], now: number) =>
  scopes.slice(0, maxScopes).map(({ store, scope, readAt }) => ({
    ...toLocation(store.connection, scope),
    ...toTimestamps('read', readAt, now),
  }));

/** Describes scopes that `toScopeResults` omits, and scopes with more packs. */
export function describeScopeTruncation(scopes: readonly ScopePacks[]): string[] {
  const partialCount = scopes.filter(({ isComplete, errors }) => !isComplete && errors.length === 0).length;
  const includedCount = Math.min(scopes.length, maxScopes);
  return [
    ...describeTruncation(includedCount, scopes.length, 'scopes', 'narrow the query to one account or region'),
    ...(partialCount > 0 ? [`The packs of ${partialCount} scopes were only partially read: retry.`] : []),
  ];
}

/** A pack's score and deployment, as an item of the member `packs`. */
export function toPackResult(
  { name, score, deployment }: Pack,
  { store, scope, readAt, isComplete }: ScopePacks,
  now: number,
) {
  return {
    name,
    ...toLocation(store.connection, scope),
    score: score?.percent ?? null,
    scoreText: score || isComplete ? formatScore(score) : 'not read',
    ...toTimestamps('scoreComputed', score?.updatedAt, now),
    deployment: deployment
      ? { state: deployment.state, ...(deployment.reason !== undefined && { reason: deployment.reason }) }
      : null,
    ...toTimestamps('read', readAt, now),
  };
}
