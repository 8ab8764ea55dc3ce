import type { FailingResources, RuleRank } from '../../compliance/organization/failingRules.ts';
import type { FailingRulesReader } from '../../compliance/organization/failingRulesReader.ts';
import { createFailingRulesReader } from '../../compliance/queries/createFailingRulesReader.ts';
import type { ScopeFilter } from '../../compliance/queries/lookup.ts';
import { splitRuleName } from '../../compliance/ruleName.ts';
import { runInSlices } from '../../timeSlicing.ts';
import { describeOtherAggregators, selectAggregators, toAggregatorName } from './aggregators.ts';
import { toMissingScopeData } from './scopePacks.ts';
import { describeTruncation, type Tool, toCompletenessResult, toTimestamps } from './tool.ts';

interface RulesInput extends ScopeFilter {
  readonly aggregator?: string;
  readonly rule?: string;
  readonly limit?: number;
}

/** Deployed rules that one call reads, 1000 per request. */
const maxRules = 100_000;
/** Accounts and regions that an output names for each rule. */
const maxPlaces = 10;

/** `packscope_aggregateRules`: the rules that fail in most of an aggregator's accounts, each with where it fails. */
export const aggregateRules: Tool<RulesInput> = async (stores, input, signal) => {
  const { limit = 20, account, region, rule } = input;
  const { aggregators, notRead } = await selectAggregators(stores, input.aggregator, signal);
  const [resolved] = aggregators;
  if (!resolved) {
    const output = { ...toCompletenessResult({ notRead, cut: [] }), aggregator: null, rules: [] };
    return { entryCount: 0, toJson: () => output };
  }
  const { store, aggregator } = resolved;
  const filter = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const reader = createFailingRulesReader(store, aggregator.name, filter);
  const stop = new AbortController();
  await reader.read(AbortSignal.any([signal, stop.signal]), () => {
    if (reader.rules.length >= maxRules) stop.abort();
  });
  const readAt = Date.now();
  const name = rule === undefined ? undefined : splitRuleName(rule).templateName;
  const ranks = await runInSlices(reader.rules.rank({ hasRule: (each) => (name ?? each) === each }));
  const errors = reader.error ? [reader.error] : [];
  const isCut = !reader.isComplete && errors.length === 0;
  return {
    entryCount: Math.min(limit, ranks.length),
    toJson: (entries, now) => ({
      ...toCompletenessResult({
        notRead: [...notRead, ...toMissingScopeData(`the failing rules of ${aggregator.name}`, resolved, errors)],
        cut: [
          ...describeOtherAggregators(aggregators),
          ...(isCut
            ? [
                `${reader.rules.length} failing rules were read: the ranking covers only these. Specify account or region.`,
              ]
            : []),
          ...describeTruncation(entries, ranks.length, 'rules', 'specify rule, account or region, or increase limit'),
        ],
      }),
      aggregator: {
        ...toAggregatorName(resolved),
        failingRulesRead: reader.rules.length,
        ...toTimestamps('read', readAt, now),
      },
      rules: ranks.slice(0, entries).map((rank) => toRuleResult(rank, reader)),
    }),
  };
};

function toRuleResult({ rule, accounts, deployedRules, resources }: RuleRank, { rules }: FailingRulesReader) {
  const places = rules.rankLocations(rule);
  return {
    rule,
    accounts,
    deployedRules,
    ...toResourceCount(resources),
    places: places
      .slice(0, maxPlaces)
      .map((place) => ({ account: place.account, region: place.region, ...toResourceCount(place.resources) })),
    morePlaces: Math.max(0, places.length - maxPlaces),
  };
}

/** AWS Config stops counting a rule's resources at a limit. */
const toResourceCount = ({ count, isCapped }: FailingResources) => ({
  failingResources: count,
  areThereMoreResources: isCapped,
});
