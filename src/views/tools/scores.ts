import { matchesPack } from '../../compliance/filter.ts';
import type { ScopeFilter } from '../../compliance/queries/lookup.ts';
import { compareByScore } from '../../compliance/text/score.ts';
import { describeScopeTruncation, loadScopePacks, toPackResult, toScopeResults } from './scopePacks.ts';
import { describeTruncation, selectStores, type Tool, toCompletenessResult } from './tool.ts';

interface ScoresInput extends ScopeFilter {
  readonly name?: string;
  readonly nameContains?: string;
  readonly scoreBelow?: number;
  readonly connection?: string;
  readonly limit?: number;
}

const advice = 'narrow the query with name, nameContains, scoreBelow, connection, account or region, or increase limit';

/** `packscope_scores`: the packs of the connections' own scopes, lowest score first. */
export const scores: Tool<ScoresInput> = async (stores, input, signal) => {
  const { name, connection, limit = 50, account, region, ...packFilter } = input;
  const scopeFilter = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const { scopes, missing } = await loadScopePacks(selectStores(stores, connection), scopeFilter, name, signal);
  const matches = scopes
    .flatMap((scope) => scope.packs.filter((pack) => matchesPack(packFilter, pack)).map((pack) => ({ scope, pack })))
    .sort((a, b) => compareByScore(a.pack, b.pack));
  return {
    entryCount: Math.min(limit, matches.length),
    toJson: (entries, now) => ({
      ...toCompletenessResult({
        notRead: missing,
        cut: [
          ...describeTruncation(entries, matches.length, 'matching packs', advice),
          ...describeScopeTruncation(scopes),
        ],
      }),
      places: toScopeResults(scopes, now),
      packs: matches.slice(0, entries).map(({ scope, pack }) => toPackResult(pack, scope, now)),
    }),
  };
};
