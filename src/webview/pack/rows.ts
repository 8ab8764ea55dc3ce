import { compareTexts } from '../../compliance/compareTexts.ts';
import { countFailing, groupByControl } from '../../compliance/controls.ts';
import { computeGain } from '../../compliance/estimatedGain.ts';
import { rankCompliance } from '../../compliance/model.ts';
import { formatCount } from '../../compliance/text/format.ts';
import {
  type FailingResource,
  getResourcesKey,
  type RowContext,
  type RuleResources,
  type RuleSummary,
} from './protocol.ts';
import { type Column, type PanelData, requestedResources, type ViewState } from './state.ts';

export type TableRow = RuleRow | ControlRow | OwnerRow | ResourceRow | LoadMoreRow | NoteRow;

interface BaseRow {
  readonly id: string;
  /** The nesting level; 1 at the top. */
  readonly level: number;
}

export interface RuleRow extends BaseRow {
  readonly kind: 'rule';
  readonly rule: RuleSummary;
  /** The id of the group of owners that the row is restricted to; empty if it is not. */
  readonly owner: string;
  /** The estimated gain of fixing the rule, in points of the score; undefined while it cannot be estimated. */
  readonly gain: number | undefined;
  /** Undefined if there is nothing to unfold. */
  readonly unfolded: boolean | undefined;
}

/** Rules with something in common. */
interface GroupRow extends BaseRow {
  readonly rules: number;
  readonly failing: number;
  readonly gain: number | undefined;
  readonly unfolded: boolean;
}

export interface ControlRow extends GroupRow {
  readonly kind: 'control';
  readonly control: string;
}

export interface OwnerRow extends GroupRow {
  readonly kind: 'owner';
  readonly label: string;
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
  readonly owner: string;
  readonly shown: number;
}

/** A line about the resources above it. */
interface NoteRow extends BaseRow {
  readonly kind: 'note';
  readonly text: string;
}

const formatHiddenExceptions = (count: number): string =>
  `${formatCount(count, 'resource')} with an exception not shown. Excepted resources still count as failing.`;

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
    .flatMap(createOwnerRestriction(data, getOwnerFilter(data, view)))
    .toSorted(createComparator(view.sort));
}

/** The owner that the view is filtered by; empty without one, and if there is no such owner any more. */
export const getOwnerFilter = ({ header, owners }: PanelData, { owner }: ViewState): string =>
  header?.ownerTag !== undefined && owners?.groups.some(({ id }) => id === owner) ? owner : '';

/** Returns a function that counts only the owner's failing results of a rule, and leaves out a rule without any. */
function createOwnerRestriction({ owners }: PanelData, owner: string): (rule: RuleSummary) => readonly RuleSummary[] {
  if (owner === '') return (rule) => [rule];
  const counts = new Map(owners?.groups.find(({ id }) => id === owner)?.rules);
  return (rule) => {
    const failing = counts.get(rule.name);
    return failing === undefined ? [] : [{ ...rule, failing, passing: 0 }];
  };
}

/** What changes in the view to show a rule unfolded and focused. Filters that hide the rule are cleared. */
export function showRule(data: PanelData, view: ViewState, rule: RuleSummary): Partial<ViewState> {
  const { name } = rule;
  const isVisible = getVisibleRules(data, view).some((visible) => visible.name === name);
  return {
    ...(!isVisible && { text: '', compliance: '', control: '', owner: '' }),
    tab: 'rules',
    focused: name,
    unfolded: [...new Set([...view.unfolded, name])],
  };
}

/** The rows of the table of rules, controls or owners. */
export function getRows(data: PanelData, view: ViewState): readonly TableRow[] {
  const rules = getVisibleRules(data, view);
  const owner = getOwnerFilter(data, view);
  if (view.tab === 'owners' && data.header?.ownerTag !== undefined) return getOwnerRows(data, view);
  if (view.tab !== 'controls') return rules.flatMap((rule) => getRuleRows(data, view, rule, { level: 1, owner }));
  return groupByControl(rules).flatMap(([control, members]) =>
    getGroupRows(data, view, { head: { id: `${control}#`, kind: 'control', control }, rules: members, owner }),
  );
}

/** The groups of owners with their rules, in the order of the extension: most failing results first. */
function getOwnerRows(data: PanelData, view: ViewState): readonly TableRow[] {
  const filter = getOwnerFilter(data, view);
  const groups = data.owners?.groups.filter(({ id }) => filter === '' || id === filter) ?? [];
  const rows = groups.flatMap(({ id: owner, label }) => {
    const rules = getVisibleRules(data, { ...view, owner });
    return rules.length === 0
      ? []
      : getGroupRows(data, view, { head: { id: `${owner}##`, kind: 'owner', label }, rules, owner });
  });
  const text = getOwnersNote(data);
  return text === '' ? rows : [...rows, { kind: 'note', id: '#owners', level: 1, text }];
}

function getOwnersNote({ owners }: PanelData): string {
  if (owners?.problem !== undefined) return `Owners not loaded: ${owners.problem}`;
  if (!owners || owners.isLoading) return 'Loading owners…';
  return owners.groups.length === 0 ? 'No failing resources.' : '';
}

/** Where the rows of a rule are. */
interface RulePosition {
  readonly parentId?: string;
  readonly level: number;
  readonly owner: string;
}

function getRuleRows(
  data: PanelData,
  view: ViewState,
  rule: RuleSummary,
  { parentId = '', level, owner }: RulePosition,
): readonly TableRow[] {
  const id = `${parentId}${rule.name}`;
  const unfolded = rule.failing > 0 || rule.hasMoreFailing ? view.unfolded.includes(id) : undefined;
  const row: TableRow = { kind: 'rule', id, level, rule, owner, gain: estimateGain(data, rule.failing), unfolded };
  if (!unfolded) return [row];
  const { resources, exceptionsNote, ...progress } =
    data.resources.get(getResourcesKey(rule.name, owner)) ?? requestedResources;
  const visible = view.hidesExceptions ? resources.filter(({ exception }) => !exception) : resources;
  const children = visible.map(
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
    children.push({
      kind: 'more',
      id: `${id}#more${shown}`,
      level: level + 1,
      rule: rule.name,
      owner,
      shown,
      ...progress,
    });
  const hidden = shown - visible.length;
  const notes = [exceptionsNote, hidden > 0 && formatHiddenExceptions(hidden)].filter(
    (note) => typeof note === 'string',
  );
  const noteRows = notes.map(
    (text, index): TableRow => ({ kind: 'note', id: `${id}#note${index}`, level: level + 1, text }),
  );
  return [row, ...children, ...noteRows];
}

interface RuleGroup {
  readonly head: Pick<ControlRow, 'id' | 'kind' | 'control'> | Pick<OwnerRow, 'id' | 'kind' | 'label'>;
  readonly rules: readonly RuleSummary[];
  readonly owner: string;
}

function getGroupRows(data: PanelData, view: ViewState, { head, rules, owner }: RuleGroup): readonly TableRow[] {
  const unfolded = view.unfolded.includes(head.id);
  const failing = countFailing(rules);
  const row: TableRow = {
    ...head,
    level: 1,
    rules: rules.length,
    failing,
    gain: estimateGain(data, failing),
    unfolded,
  };
  const position = { parentId: head.id, level: 2, owner };
  return unfolded ? [row, ...rules.flatMap((rule) => getRuleRows(data, view, rule, position))] : [row];
}

/** The controls of all rules, sorted. */
export const getControls = ({ results }: PanelData): readonly string[] =>
  [...new Set(results?.rules.flatMap(({ controls }) => controls))].sort();

function createComparator({ by, descending }: ViewState['sort']) {
  const sign = descending ? -1 : 1;
  return (a: RuleSummary, b: RuleSummary): number => sign * comparators[by](a, b) || (a.name < b.name ? -1 : 1);
}

/** The gain is proportional to the number of failing results, so both columns sort alike. */
const comparators: Record<Column, (a: RuleSummary, b: RuleSummary) => number> = {
  rule: (a, b) => compareTexts(a.name, b.name),
  state: (a, b) => rankCompliance(a.compliance) - rankCompliance(b.compliance),
  failing: (a, b) => a.failing - b.failing,
  gain: (a, b) => a.failing - b.failing || rankCompliance(b.compliance) - rankCompliance(a.compliance),
  controls: (a, b) => a.controls.length - b.controls.length,
};
