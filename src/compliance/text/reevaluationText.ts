import type { EndedEvaluation } from '../reevaluation/evaluationStatuses.ts';
import type { Reevaluation } from '../reevaluation/reevaluate.ts';
import type { RuleChange } from '../reevaluation/ruleChanges.ts';
import type { EvaluationRequest } from '../reevaluation/ruleEvaluator.ts';
import type { UnconfirmedRules } from '../reevaluation/startEvaluations.ts';
import { splitRuleName } from '../ruleName.ts';
import { formatAge } from './age.ts';
import { describeError } from './errorMessages.ts';
import { formatCount } from './format.ts';
import { formatCompliance } from './states.ts';

/** Formats the first rules by their names in the template, such as `a, b and 3 more`. */
function formatRules(rules: readonly string[], maxNames = 3, separator = ', '): string {
  const names = rules.slice(0, maxNames).map((rule) => splitRuleName(rule).templateName);
  const hidden = rules.length - names.length;
  return `${names.join(separator)}${hidden > 0 ? ` and ${hidden} more` : ''}`;
}

/** What the dialog asks before the only request that changes something in AWS. */
export interface Confirmation {
  readonly text: string;
  readonly detail: string;
  readonly button: string;
}

/** `accountName` is the account's name in the settings. */
export function formatConfirmation(
  { scope, pack, rules }: EvaluationRequest,
  connection: string,
  accountName: string | undefined,
): Confirmation {
  const account = `${scope.account}${accountName === undefined ? '' : ` (${accountName})`}`;
  return {
    text: `Re-evaluate ${formatCount(rules.length, 'rule')} of ${pack} in account ${account}, region ${scope.region}?`,
    detail:
      `${formatRules(rules, 10, '\n')}\n\nAWS Config evaluates these rules now and replaces their results. Custom rules invoke their Lambda ` +
      `functions. AWS may charge for the evaluations. The request is sent with ${connection}.`,
    button: 'Re-evaluate',
  };
}

/** Describes the outcome of a re-evaluation in sentences. `now` is in epoch milliseconds. */
export function formatReevaluation(request: EvaluationRequest, outcome: Reevaluation, now: number): string {
  const { scope, pack } = request;
  const { started, unconfirmed, failed, pending, waitError } = outcome;
  const place = `of ${pack} (account ${scope.account}, region ${scope.region})`;
  return [
    ...(started.length > 0
      ? [`Evaluation of ${formatCount(started.length, 'rule')} ${place} started.`, ...formatChanges(outcome, now)]
      : []),
    ...(failed.length > 0 ? [`The evaluation failed for ${formatFailed(failed)}.`] : []),
    ...(pending.length > 0 ? [`No new result yet for ${formatRuleCount(pending)}.`] : []),
    ...(waitError ? [`Results were not awaited: ${describeError(waitError).text}`] : []),
    ...unconfirmed.map((each) => formatUnconfirmed(each, place)),
  ].join(' ');
}

const formatRuleCount = (rules: readonly string[]): string =>
  `${formatCount(rules.length, 'rule')}: ${formatRules(rules)}`;

const formatFailed = (failed: readonly EndedEvaluation[]): string =>
  `${formatRuleCount(failed.map(({ rule }) => rule))} (${[...new Set(failed.map(({ error }) => error))].join('; ')})`;

function formatUnconfirmed({ rules, error }: UnconfirmedRules, place: string): string {
  const what = `${formatCount(rules.length, 'rule')} ${place}: ${formatRules(rules)}`;
  if (error === undefined) return `Cancelled before the evaluation of ${what}.`;
  return `AWS did not confirm the evaluation of ${what}. ${describeError(error).text}`;
}

function formatChanges({ changes, comparedWith, pending, isCancelled }: Reevaluation, now: number): string[] {
  if (isCancelled) return ['Waiting was cancelled. The evaluation continues in AWS.'];
  if (changes === undefined) return ['What changed is unknown, because the rules could not be read completely.'];
  if (changes.length === 0 && pending.length > 0) return ['No change so far.'];
  const groups = [...Map.groupBy(changes, describeChange)].map(
    ([what, group]) => `${formatCount(group.length, 'rule')} ${what} (${formatRules(group.map(({ rule }) => rule))})`,
  );
  const age = comparedWith === undefined ? '' : ` read ${formatAge(comparedWith, now)}`;
  return [`Compared with the results${age}: ${groups.join('; ') || 'nothing changed'}.`];
}

function describeChange({ before, after }: RuleChange): string {
  if (before.compliance !== after.compliance)
    return `became ${after.compliance === undefined ? 'unknown' : formatCompliance(after.compliance)}`;
  return after.failing < before.failing ? 'with fewer failing resources' : 'with more failing resources';
}
