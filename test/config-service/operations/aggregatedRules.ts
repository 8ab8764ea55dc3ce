import type { Aggregator, Estate, Pack, Rule, Scope } from '../estate/estate.ts';
import { hasResults, isDeployed } from '../estate/scoring.ts';
import type { AggregateFilters } from './aggregatedPacks.ts';

/** A rule and the pack that deployed it. */
export interface DeployedRule {
  readonly pack: Pack;
  readonly rule: Rule;
}

/** Returns the rules of a scope, ordered by name. A deleted pack has no rules. */
export function listScopeRules(estate: Estate, scope: Scope): readonly DeployedRule[] {
  return estate
    .packNames(scope)
    .flatMap((name) => estate.pack(scope, name) ?? [])
    .filter((pack) => isDeployed(pack) && hasResults(pack))
    .flatMap((pack) => estate.rules(pack).map((rule) => ({ pack, rule })))
    .sort((a, b) => (a.rule.name < b.rule.name ? -1 : 1));
}

/** Iterates over the scopes of an aggregator that match the filters, from a scope on. */
export function* iterateScopes(
  { accounts, regions }: Aggregator,
  filters: AggregateFilters,
  fromAccount: string,
  fromRegion: string,
): Generator<Scope> {
  for (const account of accounts) {
    if (account < fromAccount || account !== (filters.account ?? account)) continue;
    for (const region of regions) {
      if (account === fromAccount && region < fromRegion) continue;
      if (region === (filters.region ?? region)) yield { account, region };
    }
  }
}
