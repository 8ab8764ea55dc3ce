import { computeGain } from '../compliance/estimatedGain.ts';
import { rankCompliance } from '../compliance/model.ts';
import type { FailingResource, RowContext, RuleResources, RuleSummary } from './protocol.ts';
import type { Column, PanelData, ViewState } from './state.ts';

export type TableRow = RuleRow | ControlRow | ResourceRow | LoadMoreRow;

interface BaseRow {
  readonly id: string;
  /** The nesting level; 1 at the top. */
  readonly level: number;
}

export interface RuleRow extends BaseRow {
  readonly kind: 'rule';
  readonly rule: RuleSummary;
  /** The estimated gain of fixing the rule, in points of the score; undefined while it cannot be estimated. */
  readonly gain: number | undefined;
  /** Undefined if there is nothing to unfold. */
  readonly unfolded: boolean | undefined;
}

export interface ControlRow extends BaseRow {
  readonly kind: 'control';
  readonly control: string;
  readonly rules: number;
  readonly failing: number;
  readonly gain: number | undefined;
  readonly unfolded: boolean;
}

export interface ResourceRow extends BaseRow {
  readonly kind: 'resource';
  readonly rule: string;
  readonly resource: FailingResource;
}

/** Follows the resources of a rule if there are more or none. Its id includes the number of shown resources. */
export interface LoadMoreRow extends BaseRow, Omit<RuleResources, 'resources'> {
  readonly kind: 'more';
  readonly rule: string;
  readonly shown: number;
}

/** What commands of a row's context menu run on; undefined if the row is neither a rule nor a resource. */
export function getRowContext(row: TableRow): RowContext | undefined {
  if (row.kind === 'rule') return { rule: row.rule.name };
  if (row.kind !== 'resource') return undefined;
  return { rule: row.rule, resource: { type: row.resource.type, id: row.resource.id } };
}

/** How many resources "Load more" adds. */
export const resourcePageSize = 100;

/** Estimates the gain of fixing some failing results; undefined until the score and all failing results are loaded. */
export function estimateGain({ header, results }: PanelData, failing: number): number | undefined {
  const percent = header?.score?.percent;
  if (percent === undefined || !results?.failing.isComplete || failing === 0) return undefined;
  return computeGain(percent, failing, results.failing.count);
}

/** The rules that match the filters, sorted. */
export function getVisibleRules(data: PanelData, view: ViewState): readonly RuleSummary[] {
  const text = view.text.trim().toLowerCase();
  return (data.results?.rules ?? [])
    .filter(({ name }) => name.toLowerCase().includes(text))
    .filter(({ compliance }) => view.compliance === '' || compliance === view.compliance)
    .filter(({ controls }) => view.control === '' || controls.includes(view.control))
    .toSorted(createComparator(view.sort));
}

/** What changes in the view to show a rule unfolded and focused. Filters that hide the rule are cleared. */
export function showRule(data: PanelData, view: ViewState, rule: RuleSummary): Partial<ViewState> {
  const { name } = rule;
  return {
    ...(!getVisibleRules(data, view).includes(rule) && { text: '', compliance: '', control: '' }),
    tab: 'rules',
    focused: name,
    unfolded: [...new Set([...view.unfolded, name])],
  };
}

/** The rows of the table of rules or controls. */
export function getRows(data: PanelData, view: ViewState): readonly TableRow[] {
  const rules = getVisibleRules(data, view);
  if (view.tab !== 'controls') return rules.flatMap((rule) => getRuleRows(data, view, rule, '', 1));
  return groupByControl(rules).flatMap(([control, members]) => getControlRows(data, view, control, members));
}

function getRuleRows(
  data: PanelData,
  view: ViewState,
  rule: RuleSummary,
  parentId: string,
  level: number,
): readonly TableRow[] {
  const id = `${parentId}${rule.name}`;
  const unfolded = rule.failing > 0 || rule.hasMoreFailing ? view.unfolded.includes(id) : undefined;
  const row: TableRow = { kind: 'rule', id, level, rule, gain: estimateGain(data, rule.failing), unfolded };
  if (!unfolded) return [row];
  const { resources, ...progress } = data.resources.get(rule.name) ?? getUnrequestedResources(data, rule);
  const children = resources.map(
    (resource): TableRow => ({
      kind: 'resource',
      id: `${id}/${resource.type}/${resource.id}`,
      level: level + 1,
      rule: rule.name,
      resource,
    }),
  );
  const shown = resources.length;
  if (shown === 0 || progress.total === undefined || shown < progress.total)
    children.push({ kind: 'more', id: `${id}#more${shown}`, level: level + 1, rule: rule.name, shown, ...progress });
  return [row, ...children];
}

/** An aggregator's resources are read only now, others have been. */
const getUnrequestedResources = ({ header }: PanelData, { failing }: RuleSummary): RuleResources =>
  header?.aggregated ? { resources: [], isLoading: true } : { resources: [], total: failing };

function getControlRows(
  data: PanelData,
  view: ViewState,
  control: string,
  rules: readonly RuleSummary[],
): readonly TableRow[] {
  const id = `${control}#`;
  const unfolded = view.unfolded.includes(id);
  const failing = countFailing(rules);
  const gain = estimateGain(data, failing);
  const row: TableRow = { kind: 'control', id, level: 1, control, rules: rules.length, failing, gain, unfolded };
  return unfolded ? [row, ...rules.flatMap((rule) => getRuleRows(data, view, rule, id, 2))] : [row];
}

/** The controls with their rules, most failing results first. Rules without a control come last. */
function groupByControl(rules: readonly RuleSummary[]): (readonly [string, readonly RuleSummary[]])[] {
  const byControl = new Map<string, RuleSummary[]>();
  for (const rule of rules) {
    for (const control of rule.controls.length > 0 ? new Set(rule.controls) : ['']) {
      byControl.set(control, [...(byControl.get(control) ?? []), rule]);
    }
  }
  return [...byControl].sort(
    ([a, rulesOfA], [b, rulesOfB]) =>
      Number(a === '') - Number(b === '') || countFailing(rulesOfB) - countFailing(rulesOfA) || (a < b ? -1 : 1),
  );
}

const countFailing = (rules: readonly RuleSummary[]): number => rules.reduce((sum, { failing }) => sum + failing, 0);

/** The controls of all rules, sorted. */
export const getControls = ({ results }: PanelData): readonly string[] =>
  [...new Set(results?.rules.flatMap(({ controls }) => controls))].sort();

function createComparator({ by, descending }: ViewState['sort']) {
  const sign = descending ? -1 : 1;
  return (a: RuleSummary, b: RuleSummary): number => sign * comparators[by](a, b) || (a.name < b.name ? -1 : 1);
}

/** The gain is proportional to the number of failing results, so both columns sort alike. */
const comparators: Record<Column, (a: RuleSummary, b: RuleSummary) => number> = {
  rule: (a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1),
  state: (a, b) => rankCompliance(a.compliance) - rankCompliance(b.compliance),
  failing: (a, b) => a.failing - b.failing,
  gain: (a, b) => a.failing - b.failing || rankCompliance(b.compliance) - rankCompliance(a.compliance),
  controls: (a, b) => a.controls.length - b.controls.length,
};
