import { computeScore, formatPoints } from '../../compliance/estimatedGain.ts';
import { formatAge } from '../../compliance/text/age.ts';
import { describeFilter } from '../../compliance/text/filterText.ts';
import { formatCount } from '../../compliance/text/format.ts';
import { formatPercent } from '../../compliance/text/score.ts';
import { formatCompliance } from '../../compliance/text/states.ts';
import type { LoadProgress, RuleSummary } from './protocol.ts';
import { estimateGain, type LoadMoreRow } from './rows.ts';
import { type Column, emptyPanelData, type PanelData, type ViewState } from './state.ts';

// The texts of the panel. `now` is in epoch milliseconds.

/**
 * Formats `3 of 5`, or `3` until all passing results are loaded and where an aggregator counts failing resources: then
 * `25+` or `some` if it knows of more. `–` if none has been read so far.
 */
export function formatFailing(
  rule: RuleSummary,
  { failing, passing }: { readonly failing: LoadProgress; readonly passing?: LoadProgress },
): string {
  if (rule.hasMoreFailing) return rule.failing === 0 ? 'some' : `${rule.failing}+`;
  if (rule.failing === 0 && !failing.isComplete) return '–';
  return passing?.isComplete ? `${rule.failing} of ${rule.failing + rule.passing}` : `${rule.failing}`;
}

/** Formats an estimated gain and the score that it leads to, such as `+4.1 → 65.6`. */
export function formatEstimate({ header }: PanelData, gain: number | undefined): string {
  const percent = header?.score?.percent;
  if (gain === undefined || percent === undefined) return '';
  const after = computeScoreAfter(percent, gain);
  return `${formatPoints(gain)} → ${(after === 100 ? 100 : Math.min(99.9, after)).toFixed(1)}`;
}

/** The score after a gain. Rounding errors just below 100 are removed, because only 100 is formatted as such. */
function computeScoreAfter(percent: number, gain: number): number {
  const after = percent + gain;
  return after > 100 - 1e-6 ? 100 : after;
}

export const formatState = ({ compliance }: RuleSummary): string =>
  compliance ? formatCompliance(compliance) : 'unknown';

/** Describes the selected rules and the estimated gain of fixing them; empty without a selection. */
export function formatSelection(data: PanelData, { chosen }: ViewState): string {
  const rules = data.results?.rules.filter(({ name }) => chosen.includes(name)) ?? [];
  if (rules.length === 0) return '';
  const failing = rules.reduce((sum, rule) => sum + rule.failing, 0);
  const isMinimum = rules.some(({ hasMoreFailing }) => hasMoreFailing);
  const results = isMinimum && failing === 0 ? 'some failing results' : formatCount(failing, 'failing result');
  const selection = `${formatCount(rules.length, 'rule')} selected, ${isMinimum && failing > 0 ? 'at least ' : ''}${results}`;
  const gain = estimateGain(data, failing);
  const percent = data.header?.score?.percent;
  if (gain === undefined || percent === undefined) return selection;
  const object = rules.length === 1 ? 'it' : 'all of them';
  const points = gain < 0.05 ? 'less than 0.1' : `about ${gain.toFixed(1)}`;
  return `${selection}: fixing ${object} would raise the score by ${points} points, to ${formatPercent(computeScoreAfter(percent, gain))}`;
}

/** Describes the sources of the estimates and their ages; empty without estimates. */
export function formatEstimateSources({ header, results }: PanelData, now: number): string {
  const { percent, updatedAt } = header?.score ?? {};
  if (percent === undefined || !results?.failing.isComplete || results.failing.count === 0) return '';
  const scoreAge = updatedAt === undefined ? 'of unknown age' : `from ${formatAge(updatedAt, now)}`;
  const resultsAge = results.readAt === undefined ? '' : ` and results from ${formatAge(results.readAt, now)}`;
  return `Gains are estimates based on the score ${scoreAge}${resultsAge}.`;
}

/** Warns if the published score and the score of the loaded results differ by more than one point. */
export function formatScoreDifference({ header, results }: PanelData): string {
  const percent = header?.score?.percent;
  if (percent === undefined || !results?.failing.isComplete || !results.passing?.isComplete) return '';
  const computed = computeScore(results.passing.count, results.failing.count);
  if (computed === undefined || Math.abs(computed - percent) <= 1) return '';
  return `The current results give a score of ${formatPercent(computed)}. The published score, ${formatPercent(percent)}, may be older.`;
}

/** Formats `8 compliant · 5 non-compliant results`. What has not been read is not counted as none. */
export function formatResultCounts({ results }: PanelData): string {
  if (!results?.passing) return '';
  const { passing, failing } = results;
  if ([passing, failing].every(isUnread)) return results.isLoading ? '' : 'Results not loaded';
  return [
    isUnread(passing) ? 'compliant results not loaded' : `${passing.count} compliant${formatSoFar(passing)}`,
    isUnread(failing)
      ? 'non-compliant results not loaded'
      : `${failing.count} non-compliant results${formatSoFar(failing)}`,
  ].join(' · ');
}

const isUnread = ({ count, isComplete }: LoadProgress): boolean => count === 0 && !isComplete;

const formatSoFar = ({ isComplete }: LoadProgress): string => (isComplete ? '' : ' so far');

/** Describes what is being loaded; empty if nothing is. */
export function formatProgress({ header, results }: PanelData): string {
  if (header?.aggregated) return results?.isLoading ? 'Reading the rules' : '';
  if (results?.isLoading) return `Reading results: ${results.failing.count + (results.passing?.count ?? 0)} so far`;
  return header?.isLoading ? 'Reading the score and the deployment' : '';
}

/** Says that the rule to show is missing; empty while it may still be received. */
export function formatMissingRule({ ruleToShow, results }: PanelData): string {
  if (ruleToShow === undefined || results === undefined || results.isLoading) return '';
  return results.failing.isComplete ? `This pack has no rule ${ruleToShow}.` : `Rule ${ruleToShow} has not loaded.`;
}

/** Describes the filters; empty if there are none. `data` has the names of owners. */
export const formatFilter = (
  { text, compliance, control, owner, hidesExceptions }: ViewState,
  { owners }: PanelData = emptyPanelData,
): string =>
  [
    describeFilter({ ...(compliance && { compliance }), ...(text.trim() && { nameContains: text.trim() }) }),
    control && `control ${control}`,
    owner && `owner ${owners?.groups.find(({ id }) => id === owner)?.label ?? ''}`,
    hidesExceptions && 'without exception',
  ]
    .filter(Boolean)
    .join(' · ');

/** Describes the order of the rules, such as `by estimated gain, descending`. */
export const formatOrder = ({ sort: { by, descending } }: Pick<ViewState, 'sort'>): string =>
  `by ${orderNames[by]}, ${descending ? 'descending' : 'ascending'}`;

const orderNames: Record<Column, string> = {
  rule: 'rule name',
  state: 'state, of which non-compliant is the lowest',
  failing: 'failing results',
  gain: 'estimated gain',
  controls: 'number of controls',
};

/** Whether loading was cancelled or failed, so that rules or results are missing. */
export const isIncomplete = ({ results }: PanelData): boolean =>
  results !== undefined &&
  !results.isLoading &&
  !(results.failing.isComplete && (results.passing === undefined || results.passing.isComplete));

/** Formats what follows the shown resources of a rule, such as `100 of 120 shown`. */
export function formatRemaining({ shown, total, isLoading, error }: LoadMoreRow): string {
  if (isLoading) return 'Loading…';
  if (error !== undefined) return error;
  if (total === undefined) return `${shown} shown`;
  return total === 0 ? 'AWS Config returned no failing resources of this rule.' : `${shown} of ${total} shown`;
}
