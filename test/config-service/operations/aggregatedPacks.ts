import type { Aggregator, Estate, Pack, Scope } from '../estate/estate.ts';
import { hasResults } from '../estate/scoring.ts';

/** What an aggregator's rows can be narrowed to. */
export interface AggregateFilters {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly name?: string | undefined;
}

/** A place an aggregator looks at, and the pack found there, if it has anything to aggregate. */
export interface Place {
  readonly position: string;
  readonly pack?: Pack;
}

/**
 * Walks an aggregator by account, region and pack name, from just after a position.
 * Accounts, regions and names are gone to directly, never searched for row by row; deleted packs are among the rows.
 */
export function* places(
  estate: Estate,
  aggregator: Aggregator,
  { account, region, name }: AggregateFilters,
  after = '',
): Generator<Place> {
  const [afterAccount = '', afterRegion = '', afterName = ''] = after.split('/');
  const accounts = narrowed(aggregator.accounts, account);
  const regions = narrowed(aggregator.regions, region);
  for (let i = firstFrom(accounts, afterAccount); i < accounts.length; i += 1) {
    const thisAccount = accounts[i] ?? '';
    const isAfterAccount = thisAccount === afterAccount;
    for (const thisRegion of regions) {
      if (isAfterAccount && thisRegion < afterRegion) continue;
      const scope: Scope = { account: thisAccount, region: thisRegion };
      const lastName = isAfterAccount && thisRegion === afterRegion ? afterName : '';
      for (const thisName of name === undefined ? estate.packNames(scope) : [name]) {
        if (thisName > lastName) yield placeOf(estate, scope, thisName);
      }
    }
  }
}

function placeOf(estate: Estate, scope: Scope, name: string): Place {
  const position = `${scope.account}/${scope.region}/${name}`;
  const pack = estate.pack(scope, name);
  return pack === undefined || !hasResults(pack) ? { position } : { position, pack };
}

function narrowed(all: readonly string[], only: string | undefined): readonly string[] {
  if (only === undefined) return all;
  return all.includes(only) ? [only] : [];
}

/** Where in an ascending list the first value stands that is not below `value`. */
function firstFrom(ascending: readonly string[], value: string): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? '') < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
