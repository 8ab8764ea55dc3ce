import { expectedGain } from '../compliance/impact.ts';
import { type ComplianceType, complianceTypes } from '../compliance/model.ts';
import type { Resource, RuleLine } from './protocol.ts';
import type { Column, Facts, View } from './state.ts';

/** A line of the table; `level` is 1 at the top. */
export type Line = RuleRow | ControlRow | ResourceRow | MoreRow;

interface Row {
  readonly id: string;
  readonly level: number;
}

export interface RuleRow extends Row {
  readonly kind: 'rule';
  readonly rule: RuleLine;
  /** Points that fixing it is expected to bring; undefined before that can be said. */
  readonly gain: number | undefined;
  /** Undefined where there is nothing to unfold. */
  readonly unfolded: boolean | undefined;
}

export interface ControlRow extends Row {
  readonly kind: 'control';
  readonly control: string;
  readonly rules: number;
  readonly failing: number;
  readonly gain: number | undefined;
  readonly unfolded: boolean;
}

export interface ResourceRow extends Row {
  readonly kind: 'resource';
  readonly rule: string;
  readonly resource: Resource;
}

/** Where a rule's resources go on; once more of them have come it is another line. */
export interface MoreRow extends Row {
  readonly kind: 'more';
  readonly rule: string;
  readonly shown: number;
  readonly total: number;
}

/** Resources that come with one Load more. */
export const resourcePage = 100;

/** What fixing `failing` results brings: known once all failing results and the score are. */
export function gainOf({ head, results }: Facts, failing: number): number | undefined {
  const percent = head?.score?.percent;
  if (percent === undefined || !results?.failing.complete || failing === 0) return undefined;
  return expectedGain(percent, failing, results.failing.count);
}

/** The rules that the filter leaves, in the view's order. */
export function shownRules(facts: Facts, view: View): readonly RuleLine[] {
  const text = view.text.trim().toLowerCase();
  return (facts.results?.rules ?? [])
    .filter(({ name }) => name.toLowerCase().includes(text))
    .filter(({ compliance }) => view.compliance === '' || compliance === view.compliance)
    .filter(({ controls }) => view.control === '' || controls.includes(view.control))
    .toSorted(comparing(view.sort));
}

/** The table of rules, or of the controls that they stand for. */
export function linesOf(facts: Facts, view: View): readonly Line[] {
  const rules = shownRules(facts, view);
  if (view.tab !== 'controls') return rules.flatMap((rule) => ruleLines(facts, view, rule, '', 1));
  return controlsOf(rules).flatMap(([control, of]) => controlLines(facts, view, control, of));
}

function ruleLines(facts: Facts, view: View, rule: RuleLine, parent: string, level: number): Line[] {
  const id = `${parent}${rule.name}`;
  const unfolded = rule.failing > 0 ? view.unfolded.includes(id) : undefined;
  const line: Line = { kind: 'rule', id, level, rule, gain: gainOf(facts, rule.failing), unfolded };
  if (!unfolded) return [line];
  const { total, resources } = facts.resources.get(rule.name) ?? { total: rule.failing, resources: [] };
  const below = resources.map(
    (resource): Line => ({
      kind: 'resource',
      id: `${id}/${resource.type}/${resource.id}`,
      level: level + 1,
      rule: rule.name,
      resource,
    }),
  );
  const shown = resources.length;
  if (shown < total)
    below.push({ kind: 'more', id: `${id}#more${shown}`, level: level + 1, rule: rule.name, shown, total });
  return [line, ...below];
}

function controlLines(facts: Facts, view: View, control: string, rules: readonly RuleLine[]): Line[] {
  const id = `${control}#`;
  const unfolded = view.unfolded.includes(id);
  const failing = rules.reduce((sum, rule) => sum + rule.failing, 0);
  const gain = gainOf(facts, failing);
  const line: Line = { kind: 'control', id, level: 1, control, rules: rules.length, failing, gain, unfolded };
  return unfolded ? [line, ...rules.flatMap((rule) => ruleLines(facts, view, rule, id, 2))] : [line];
}

/** Each control with its rules, most failing results first; rules without one come last. */
function controlsOf(rules: readonly RuleLine[]): (readonly [string, readonly RuleLine[]])[] {
  const byControl = new Map<string, RuleLine[]>();
  for (const rule of rules) {
    for (const control of rule.controls.length > 0 ? new Set(rule.controls) : ['']) {
      byControl.set(control, [...(byControl.get(control) ?? []), rule]);
    }
  }
  const failing = (of: readonly RuleLine[]) => of.reduce((sum, rule) => sum + rule.failing, 0);
  return [...byControl].sort(
    ([a, rulesOfA], [b, rulesOfB]) =>
      Number(a === '') - Number(b === '') || failing(rulesOfB) - failing(rulesOfA) || (a < b ? -1 : 1),
  );
}

/** Every control that a rule names, sorted. */
export const allControls = ({ results }: Facts): readonly string[] =>
  [...new Set(results?.rules.flatMap(({ controls }) => controls))].sort();

function comparing({ by, descending }: View['sort']) {
  const sign = descending ? -1 : 1;
  return (a: RuleLine, b: RuleLine): number => sign * keys[by](a, b) || (a.name < b.name ? -1 : 1);
}

/** What a fix brings is its share of what fails, so both columns sort alike. */
const keys: Record<Column, (a: RuleLine, b: RuleLine) => number> = {
  rule: (a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1),
  state: (a, b) => rank(a.compliance) - rank(b.compliance),
  failing: (a, b) => a.failing - b.failing,
  gain: (a, b) => a.failing - b.failing || rank(b.compliance) - rank(a.compliance),
  controls: (a, b) => a.controls.length - b.controls.length,
};

const rank = (compliance: ComplianceType | undefined): number =>
  compliance === undefined ? complianceTypes.length : complianceTypes.indexOf(compliance);
