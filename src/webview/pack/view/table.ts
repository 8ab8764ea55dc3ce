import { nothing, type TemplateResult } from 'lit';
import { splitRuleName } from '../../../compliance/ruleName.ts';
import { formatAge } from '../../../compliance/text/age.ts';
import { formatException } from '../../../compliance/text/exceptionText.ts';
import { formatCount } from '../../../compliance/text/format.ts';
import { html } from '../../shared/html.ts';
import {
  type ControlRow,
  getRowContext,
  type LoadMoreRow,
  type OwnerRow,
  type ResourceRow,
  type RuleRow,
  type TableRow,
} from '../rows.ts';
import { type Column, getColumns, type PanelData, type Tab, toggleMember, type ViewState } from '../state.ts';
import { formatEstimate, formatFailing, formatRemaining, formatState } from '../text.ts';
import type { Actions } from './actions.ts';

/** The height of a row in pixels. A fixed height allows rendering only the rows in view. */
export const rowHeight = 26;

const columnNames: Record<Column, string> = {
  rule: 'Rule',
  state: 'State',
  failing: 'Failing',
  gain: 'Estimated gain',
  controls: 'Controls',
};

/** The heads of tabs with groups: their columns hold something else in the groups than in their rules. */
const groupColumnNames: Partial<Record<Tab, Partial<Record<Column, string>>>> = {
  controls: { rule: 'Control / rule', state: 'Rules / state' },
  owners: { rule: 'Owner / rule', state: 'Rules / state' },
};

/** The range of rows to render. */
export interface RowWindow {
  readonly first: number;
  readonly count: number;
}

/** Renders the rows of a window as a tree grid. */
export function renderTable(
  data: PanelData,
  view: ViewState,
  rows: readonly TableRow[],
  { first, count }: RowWindow,
  now: number,
  actions: Actions,
): TemplateResult {
  const active = rows.find(({ id }) => id === view.focused);
  return html`
    <div class="grid ${data.header?.aggregated ? 'aggregated' : ''}" role="treegrid" id="grid" tabindex="0" aria-label="Rules of the pack" aria-multiselectable="true"
      aria-rowcount=${rows.length + 1} aria-activedescendant=${active ? getDomId(active) : nothing}>
      <div class="line head" role="row" aria-rowindex="1">
        ${getColumns(data).map((column) => renderColumnHeader(column, getSortColumn(data, view), view, actions))}
      </div>
      <div class="lines" role="presentation" .style=${`height: ${rows.length * rowHeight}px`}>
        ${rows.slice(first, first + count).map((row, index) => {
          const position = `top: ${(first + index) * rowHeight}px`;
          const context = getRowContext(row);
          return html`<div class="line ${row.kind} ${row === active ? 'active' : ''}" role="row" id=${getDomId(row)} .style=${position}
            aria-rowindex=${first + index + 2} aria-level=${row.level} aria-selected=${isSelected(row, view)}
            aria-expanded=${('unfolded' in row ? row.unfolded : undefined) ?? nothing}
            data-vscode-context=${context ? JSON.stringify(context) : nothing}>
            ${renderCells(data, view, row, now, actions)}
          </div>`;
        })}
      </div>
    </div>
  `;
}

/** Gains sort like failing results, which are there without a score, too. */
const getSortColumn = (data: PanelData, { sort }: ViewState): Column =>
  getColumns(data).includes(sort.by) ? sort.by : 'failing';

function renderColumnHeader(
  column: Column,
  sortColumn: Column,
  { sort, tab }: ViewState,
  actions: Actions,
): TemplateResult {
  const isSorted = sortColumn === column;
  const direction = sort.descending ? 'descending' : 'ascending';
  const name = groupColumnNames[tab]?.[column] ?? columnNames[column];
  const descending = isSorted ? !sort.descending : column === 'failing' || column === 'gain';
  return html`<div class="cell ${column}" role="columnheader" aria-sort=${isSorted ? direction : 'none'}>
    <button @click=${() => actions.updateView({ sort: { by: column, descending } })}>${name}${isSorted ? (sort.descending ? ' ↓' : ' ↑') : ''}</button>
  </div>`;
}

function renderCells(data: PanelData, view: ViewState, row: TableRow, now: number, actions: Actions): TemplateResult {
  switch (row.kind) {
    case 'rule':
      return renderRuleCells(data, view, row, actions);
    case 'control':
      return renderGroupCells(data, row, row.control || 'No control', actions);
    case 'owner':
      return renderGroupCells(data, row, row.label, actions);
    case 'resource':
      return renderResourceCells(row, now);
    case 'more':
      return renderLoadMoreCells(row, actions);
    case 'note':
      return html`<div class="cell all level-${row.level}" role="gridcell">${row.text}</div>`;
  }
}

function renderRuleCells(
  data: PanelData,
  view: ViewState,
  { id, level, rule, owner, gain, unfolded }: RuleRow,
  actions: Actions,
): TemplateResult {
  const { templateName, suffix } = splitRuleName(rule.name);
  return html`
    <div class="cell rule level-${level}" role="gridcell">
      ${renderTwistie(id, unfolded, actions)}
      <input type="checkbox" tabindex="-1" aria-label="Select ${templateName}" .checked=${view.chosen.includes(rule.name)}
        @change=${() => actions.updateView({ chosen: toggleMember(view.chosen, rule.name) })}>
      <span class="name">${templateName}<span class="suffix">${suffix}</span></span>
    </div>
    <div class="cell state ${rule.compliance ?? ''}" role="gridcell">${formatState(rule)}</div>
    <div class="cell failing" role="gridcell">${data.results ? formatFailing(rule, owner === '' ? data.results : { failing: data.results.failing }) : ''}</div>
    ${
      data.header?.aggregated
        ? nothing
        : html`${renderGain(data, gain)}
    <div class="cell controls" role="gridcell">${rule.controls.join(', ')}</div>`
    }
  `;
}

/** The resulting score is an element of its own, because it does not fit a narrow panel. */
function renderGain(data: PanelData, gain: number | undefined): TemplateResult {
  const [points = '', score] = formatEstimate(data, gain).split(' → ');
  return html`<div class="cell gain" role="gridcell">${points}${score === undefined ? nothing : html`<span class="result"> → ${score}</span>`}</div>`;
}

function renderGroupCells(
  data: PanelData,
  { id, rules, failing, gain, unfolded }: ControlRow | OwnerRow,
  label: string,
  actions: Actions,
) {
  return html`
    <div class="cell rule" role="gridcell">${renderTwistie(id, unfolded, actions)}<span class="name"><bdi>${label}</bdi></span></div>
    <div class="cell state" role="gridcell">${formatCount(rules, 'rule')}</div>
    <div class="cell failing" role="gridcell">${failing}</div>
    ${renderGain(data, gain)}
    <div class="cell controls" role="gridcell"></div>
  `;
}

function renderResourceCells({ level, resource }: ResourceRow, now: number): TemplateResult {
  const { type, id, annotation, evaluatedAt, exception } = resource;
  return html`
    <div class="cell rule level-${level}" role="gridcell"><span class="name"><bdi>${id}</bdi></span></div>
    <div class="cell wide" role="gridcell"><bdi>${[exception && formatException(exception), type, annotation].filter(Boolean).join(' · ')}</bdi></div>
    <div class="cell controls" role="gridcell">${evaluatedAt === undefined ? '' : `evaluated ${formatAge(evaluatedAt, now)}`}</div>
  `;
}

function renderLoadMoreCells(row: LoadMoreRow, actions: Actions): TemplateResult {
  const { rule, owner, level, shown, total, isLoading, error } = row;
  const button = html`<button class="link" tabindex="-1" @click=${() => actions.loadResources(rule, shown, owner)}>${error === undefined ? 'Load more…' : 'Retry'}</button>`;
  return html`<div class="cell all level-${level}" role="gridcell">
    ${isLoading || total === 0 ? nothing : button} ${formatRemaining(row)}
  </div>`;
}

function renderTwistie(id: string, unfolded: boolean | undefined, actions: Actions): TemplateResult {
  return html`<span class="twistie ${unfolded === undefined ? 'none' : ''} ${unfolded ? 'open' : ''}" aria-hidden="true"
    @click=${() => unfolded !== undefined && actions.toggleRow(id)}></span>`;
}

const isSelected = (row: TableRow, { chosen }: ViewState): boolean =>
  row.kind === 'rule' && chosen.includes(row.rule.name);

/** Text from AWS may contain lone surrogates, which `encodeURIComponent` rejects. */
export const getDomId = ({ id }: TableRow): string => `line-${encodeURIComponent(id.toWellFormed())}`;
