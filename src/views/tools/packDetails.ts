import { computeGain, roundGain } from '../../compliance/estimatedGain.ts';
import type { Evaluation } from '../../compliance/model.ts';
import type { ScopeFilter } from '../../compliance/queries/lookup.ts';
import { splitRuleName } from '../../compliance/ruleName.ts';
import type { RuleList, RuleWithFailures } from '../../compliance/store/ruleList.ts';
import {
  describeScopeTruncation,
  loadScopePacks,
  type ScopePacks,
  toMissingScopeData,
  toPackResult,
  toScopeResults,
} from './scopePacks.ts';
import {
  describeTruncation,
  type MissingData,
  type Tool,
  toCompletenessResult,
  toComplianceResult,
  toLocation,
  toTimestamps,
} from './tool.ts';

interface PackDetailsInput extends ScopeFilter {
  readonly name: string;
  readonly rule?: string;
  readonly maxResources?: number;
}

/** The rules of the pack in one scope. */
interface PackRules {
  readonly scope: ScopePacks;
  readonly list: RuleList;
  /** The rules that match the input. */
  readonly rules: readonly RuleWithFailures[];
}

/** `packscope_packDetails`: the rules of a pack in every scope that has it, with failing resources and estimated gains. */
export const packDetails: Tool<PackDetailsInput> = async (stores, input, signal) => {
  const { name, rule, maxResources = 5, ...scopeFilter } = input;
  const { scopes, missing } = await loadScopePacks(stores, scopeFilter, name, signal);
  // If a scope's packs cannot be read, its rules may still show that it has the pack.
  const candidates = scopes.filter(({ packs, isComplete }) => packs.length > 0 || !isComplete);
  const loaded = await Promise.all(candidates.map((scope) => loadRules(scope, name, rule, signal)));
  const packs = loaded.filter(({ scope, list }) => scope.packs.length > 0 || list.rows.length > 0);
  const notRead = [...missing, ...loaded.flatMap((packRules) => describeMissingRules(packRules, rule))];
  const entries = packs.flatMap(({ rules }) => rules.flatMap((rule) => [rule, ...rule.failing.slice(0, maxResources)]));
  return {
    entryCount: entries.length,
    toJson: (count, now) => {
      const included = new Set<unknown>(entries.slice(0, count));
      const cut = [...describeRuleTruncation(packs, included), ...describeScopeTruncation(scopes)];
      return {
        ...toCompletenessResult({ notRead, cut }),
        places: toScopeResults(scopes, now),
        packs: packs.map((packRules) => toPackDetailsResult(packRules, name, included, now)),
      };
    },
  };
};

async function loadRules(
  scope: ScopePacks,
  name: string,
  ruleName: string | undefined,
  signal: AbortSignal,
): Promise<PackRules> {
  const list = scope.store.getRuleList(name);
  await list.loadAll(signal);
  const matches = (rule: RuleWithFailures) =>
    ruleName === undefined || rule.name === ruleName || splitRuleName(rule.name).templateName === ruleName;
  return { scope, list, rules: list.rows.filter(matches) };
}

function describeMissingRules({ scope, list, rules }: PackRules, ruleName: string | undefined): MissingData[] {
  // In a scope without the pack, "no such pack" is the expected result.
  const errors = list.errors.filter(({ kind }) => scope.packs.length > 0 || kind !== 'packNotFound');
  const missing = toMissingScopeData('the rules and their failing results', scope, errors);
  if (ruleName === undefined || rules.length > 0 || !list.isComplete) return missing;
  const missingRule = {
    what: `the rule ${ruleName}`,
    ...toLocation(scope.store.connection, scope.scope),
    reason: 'The pack has no such rule in this account and region.',
    advice: 'Omit rule to get all rules.',
  };
  return [...missing, missingRule];
}

/** An item of the member `packs`, with only those rules and resources that are in `included`. */
function toPackDetailsResult(
  { scope, list, rules }: PackRules,
  name: string,
  included: ReadonlySet<unknown>,
  now: number,
) {
  const pack = scope.packs[0] ?? { name, score: undefined, deployment: undefined };
  const percent = pack.score?.percent;
  const totalFailures = list.failingResults.isComplete ? list.failingResults.rows.length : undefined;
  return {
    ...toPackResult(pack, scope, now),
    ...toTimestamps('rulesRead', list.readAt, now),
    failingResults: totalFailures ?? null,
    rules: rules
      .filter((rule) => included.has(rule))
      .map((rule) => ({
        name: rule.name,
        ...toComplianceResult('compliance', rule.compliance),
        controls: rule.controls,
        // Until all failing results have been read, the number would be too small.
        failing: totalFailures === undefined ? null : rule.failing.length,
        estimatedGain: getEstimatedGain(rule, percent, totalFailures),
        resources: rule.failing.filter((each) => included.has(each)).map((each) => toResourceResult(each, now)),
      })),
  };
}

/** The estimated gain in points of the score, rounded to two decimals; null if it cannot be estimated. */
function getEstimatedGain(
  { failing }: RuleWithFailures,
  percent: number | undefined,
  totalFailures: number | undefined,
): number | null {
  if (percent === undefined || totalFailures === undefined) return null;
  return roundGain(computeGain(percent, failing.length, totalFailures));
}

const toResourceResult = ({ resourceType, resourceId, annotation, evaluatedAt }: Evaluation, now: number) => ({
  type: resourceType,
  id: resourceId,
  ...(annotation !== undefined && { annotation }),
  ...toTimestamps('evaluated', evaluatedAt, now),
});

function describeRuleTruncation(packs: readonly PackRules[], included: ReadonlySet<unknown>): string[] {
  const rules = packs.flatMap((packRules) => packRules.rules);
  const resources = rules.flatMap((rule) => rule.failing);
  const countIncluded = (entries: readonly unknown[]) => entries.filter((entry) => included.has(entry)).length;
  const advice = 'narrow the query to one rule, account or region';
  return [
    ...describeTruncation(countIncluded(rules), rules.length, 'rules', advice),
    ...describeTruncation(
      countIncluded(resources),
      resources.length,
      'failing resources',
      `${advice}, or increase maxResources`,
    ),
  ];
}
