import type { Aggregator, Estate, Pack, Scope } from '../estate/estate.ts';
import { hasResults } from '../estate/scoring.ts';

/** Filters of an aggregator's rows. */
export interface AggregateFilters {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly name?: string | undefined;
}

/** A position in an aggregator, and its pack if that has results. */
export interface PackStep {
  readonly position: string;
  readonly pack?: Pack;
}

/**
 * Iterates over an aggregator by account, region and pack name, from just after a position. Accounts, regions and names
 * are accessed directly and not by scanning rows. Deleted packs are included.
 */
export function* iteratePacks(
  estate: Estate,
  aggregator: Aggregator,
  { account, region, name }: AggregateFilters,
  after = '',
): Generator<PackStep> {
  const [afterAccount = '', afterRegion = '', afterName = ''] = after.split('/');
  const accounts = narrow(aggregator.accounts, account);
  const regions = narrow(aggregator.regions, region);
  for (let i = findFirstIndex(accounts, afterAccount); i < accounts.length; i += 1) {
    const thisAccount = accounts[i] ?? '';
    const isAfterAccount = thisAccount === afterAccount;
    for (const thisRegion of regions) {
      if (isAfterAccount && thisRegion < afterRegion) continue;
      const scope: Scope = { account: thisAccount, region: thisRegion };
      const lastName = isAfterAccount && thisRegion === afterRegion ? afterName : '';
      for (const thisName of name === undefined ? estate.packNames(scope) : [name]) {
        if (thisName > lastName) yield createStep(estate, scope, thisName);
      }
    }
  }
}

function createStep(estate: Estate, scope: Scope, name: string): PackStep {
  const position = `${scope.account}/${scope.region}/${name}`;
  const pack = estate.pack(scope, name);
  return pack === undefined || !hasResults(pack) ? { position } : { position, pack };
}

function narrow(all: readonly string[], only: string | undefined): readonly string[] {
  if (only === undefined) return all;
  return all.includes(only) ? [only] : [];
}

/** Returns the index of the first value in an ascending list that is not below `value`. */
function findFirstIndex(ascending: readonly string[], value: string): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? '') < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
