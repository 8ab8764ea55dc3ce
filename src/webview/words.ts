import { complianceWord, describeFilter } from '../compliance/filter.ts';
import { formatPoints, recomputedScore } from '../compliance/impact.ts';
import { age, formatPercent } from '../compliance/text/format.ts';
import { gainOf } from './lines.ts';
import type { Reading, RuleLine } from './protocol.ts';
import type { Facts, View } from './state.ts';

// What a person reads in the panel. `now` is epoch milliseconds.

/** `3 of 5`, or `3` while the passing results have not all been read. */
export function failingWords(rule: RuleLine, passing: Reading): string {
  return passing.complete ? `${rule.failing} of ${rule.failing + rule.passing}` : `${rule.failing}`;
}

/** `+4.1 → 65.6`: an estimate, which the table's head says. */
export function gainWords({ head }: Facts, gain: number | undefined): string {
  const percent = head?.score?.percent;
  if (gain === undefined || percent === undefined) return '';
  const after = percent + gain;
  // Nearly all is not all: only a true 100 reads so, give or take what the arithmetic rounds.
  return `${formatPoints(gain)} → ${(after > 100 - 1e-6 ? 100 : Math.min(99.9, after)).toFixed(1)}`;
}

export const stateWords = ({ compliance }: RuleLine): string => (compliance ? complianceWord(compliance) : 'unknown');

/** What fixing the chosen rules brings together; empty where none is chosen. */
export function chosenWords(facts: Facts, { chosen }: View): string {
  const rules = facts.results?.rules.filter(({ name }) => chosen.includes(name)) ?? [];
  if (rules.length === 0) return '';
  const failing = rules.reduce((sum, rule) => sum + rule.failing, 0);
  const gain = gainWords(facts, gainOf(facts, failing));
  const what = `${plural(rules.length, 'rule')} chosen, ${plural(failing, 'failing result')}`;
  return gain === '' ? what : `${what}: fixing ${rules.length === 1 ? 'it' : 'them all'} is estimated to bring ${gain}`;
}

/** What the estimates rest on, with both times; empty while there are none. */
export function estimateWords({ head, results }: Facts, now: number): string {
  const { percent, updatedAt } = head?.score ?? {};
  if (percent === undefined || !results?.failing.complete || results.failing.count === 0) return '';
  const computed = updatedAt === undefined ? 'at an unknown time' : age(updatedAt, now);
  const read = results.readAt === undefined ? '' : `, results read ${age(results.readAt, now)}`;
  return `What a fix brings is an estimate: score computed ${computed}${read}.`;
}

/** Where published score and results are more than a point apart, a line that says so. */
export function differenceWords({ head, results }: Facts): string {
  const percent = head?.score?.percent;
  if (percent === undefined || !results?.failing.complete || !results.passing.complete) return '';
  const recomputed = recomputedScore(results.passing.count, results.failing.count);
  if (recomputed === undefined || Math.abs(recomputed - percent) <= 1) return '';
  return `The results as they are now give ${formatPercent(recomputed)}, the published score is ${formatPercent(percent)}: it may be older than they are.`;
}

/** `8 compliant · 5 non-compliant results`, as far as they have been read. */
export function resultWords({ results }: Facts): string {
  if (!results) return '';
  const soFar = ({ complete }: Reading) => (complete ? '' : ' so far');
  const { passing, failing } = results;
  return `${passing.count} compliant${soFar(passing)} · ${failing.count} non-compliant results${soFar(failing)}`;
}

/** How far the reading is; empty when nothing is under way. */
export function progressWords({ head, results }: Facts): string {
  if (results?.loading) return `Reading results: ${results.failing.count + results.passing.count} so far`;
  return head?.loading ? 'Reading the score and the deployment' : '';
}

/** What restricts the rules, in words; empty where nothing does. */
export const filterWords = ({ text, compliance, control }: View): string =>
  [
    describeFilter({ ...(compliance && { compliance }), ...(text.trim() && { nameContains: text.trim() }) }),
    control && `control ${control}`,
  ]
    .filter(Boolean)
    .join(' · ');

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
