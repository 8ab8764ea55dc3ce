import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { nothing, render } from 'lit';
import { findRuleByName } from '../../compliance/ruleName.ts';
import { html } from '../shared/html.ts';
import { formatEmptyTable } from './emptyText.ts';
import { handleKey } from './keyboard.ts';
import { getResourcesKey, type HostMessage, type PackHeader, type PanelMessage } from './protocol.ts';
import { getOwnerFilter, getRows, getVisibleRules, resourcePageSize, showRule, type TableRow } from './rows.ts';
import {
  applyMessage,
  emptyPanelData,
  initialViewState,
  markRequested,
  type PanelData,
  restoreState,
  type StoredState,
  toggleMember,
  type ViewState,
} from './state.ts';
import {
  formatEstimateSources,
  formatFilter,
  formatMissingRule,
  formatOrder,
  formatScoreDifference,
  formatSelection,
} from './text.ts';
import type { Actions } from './view/actions.ts';
import { renderDetails } from './view/details.ts';
import { renderHeader } from './view/header.ts';
import { renderRecordedStates } from './view/recordedStates.ts';
import { getDomId, type RowWindow, renderTable, rowHeight } from './view/table.ts';
import { renderToolbar } from './view/toolbar.ts';
import { renderTrend } from './view/trend.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: PanelMessage): void;
  getState(): StoredState | undefined;
  setState(state: StoredState): void;
};

/** How many rows above and below the visible ones are rendered, so that scrolling shows no gaps. */
const overscan = 10;

const vscode = acquireVsCodeApi();
const root = document.getElementById('panel') ?? document.body;
vscode.setState(restoreState(vscode.getState(), JSON.parse(root.dataset.target ?? 'null')));
let data: PanelData = emptyPanelData;
let view: ViewState = { ...initialViewState, ...vscode.getState()?.view };
let rows: readonly TableRow[] = [];

const actions: Actions = {
  updateView(change) {
    updateView(change);
    if (change.focused !== undefined) scrollToRow(change.focused);
  },
  send: (message) => vscode.postMessage(message),
  toggleRow(id) {
    const row = rows.find((each) => each.id === id);
    if (row?.kind === 'rule' && row.unfolded === false) actions.loadResources(row.rule.name, 0, row.owner);
    actions.updateView({ unfolded: toggleMember(view.unfolded, id), focused: id });
  },
  loadResources(rule, shown, owner) {
    data = markRequested(data, rule, owner);
    actions.send({ type: 'loadResources', rule, count: shown + resourcePageSize, ...(owner !== '' && { owner }) });
  },
  copyMarkdown() {
    const visible = getVisibleRules(data, view).map(({ name }) => name);
    const selected = visible.filter((name) => view.chosen.includes(name));
    const unfolded = rows.flatMap((row) => (row.kind === 'rule' && row.unfolded ? row.rule.name : []));
    const owner = getOwnerFilter(data, view);
    actions.send({
      type: 'copyMarkdown',
      rules: selected.length > 0 ? selected : visible,
      unfolded,
      filter: formatFilter(view, data),
      ...(owner !== '' && { owner }),
      ...(view.hidesExceptions && { hidesExceptions: true }),
    });
  },
  exportAs(format, isEverything) {
    const rules = getVisibleRules(data, view).map(({ name }) => name);
    const [filter, order] = [formatFilter(view, data), formatOrder(view)];
    actions.send({ type: 'export', format, rules, filter, order, ...(isEverything && { everything: true }) });
  },
};

/** Owners take requests of their own, so they are read once they are shown. */
const needsOwners = (header: PackHeader | undefined): boolean =>
  header?.ownerTag !== undefined && !data.owners && (view.tab === 'owners' || view.owner !== '');

/** A restored panel has unfolded rows without resources, and so has one with another owner. */
function loadMissingResources(): void {
  for (const row of rows) {
    if (row.kind === 'rule' && row.unfolded && !data.resources.has(getResourcesKey(row.rule.name, row.owner)))
      actions.loadResources(row.rule.name, 0, row.owner);
  }
}

function updateView(change: Partial<ViewState>): void {
  view = { ...view, ...change };
  vscode.setState({ ...vscode.getState(), view });
  if (needsOwners(data.header)) actions.send({ type: 'loadOwners' });
  renderPanel();
  if (change.owner !== undefined || change.tab !== undefined) loadMissingResources();
}

function renderPanel(): void {
  const now = Date.now();
  rows = getRows(data, view);
  const { header } = data;
  if (!header) {
    render(nothing, root);
    return;
  }
  render(
    html`
      ${renderHeader(data, header, now, actions)}
      ${renderToolbar(data, view, actions)}
      <div id="content" role="tabpanel" tabindex=${view.tab === 'trend' ? 0 : nothing} aria-labelledby="tab-${view.tab}">${renderTab(now)}</div>
      ${view.tab === 'trend' ? nothing : renderFooter(now)}
    `,
    root,
  );
}

function renderTab(now: number) {
  if (view.tab === 'trend')
    return html`${renderTrend(data.trend, data.header, now)} ${renderRecordedStates(data.recordedStates, now, actions)}`;
  const emptyText = formatEmptyTable(data, view);
  return html`
    ${data.results ? renderTable(data, view, rows, getRowWindow(), now, actions) : nothing}
    ${emptyText === '' ? nothing : renderEmptyTable(emptyText)}
  `;
}

function renderEmptyTable(text: string) {
  const clearFilter = () =>
    actions.updateView({ text: '', compliance: '', control: '', owner: '', hidesExceptions: false });
  return html`<p class="empty">${text}
    ${formatFilter(view, data) === '' ? nothing : html`<vscode-button secondary @click=${clearFilter}>Clear filter</vscode-button>`}
  </p>`;
}

function renderFooter(now: number) {
  const focusedRow = rows.find(({ id }) => id === view.focused);
  const notes = [
    formatMissingRule(data),
    formatSelection(data, view),
    formatEstimateSources(data, now),
    formatScoreDifference(data),
  ];
  return html`<footer>
    ${renderDetails(focusedRow, data.header, now, actions)}
    <div class="notes" role="status">${notes.filter(Boolean).map((note) => html`<p>${note}</p>`)}</div>
  </footer>`;
}

function getRowWindow(): RowWindow {
  const grid = document.getElementById('grid');
  const first = Math.max(0, Math.floor((grid?.scrollTop ?? 0) / rowHeight) - overscan);
  return { first, count: Math.ceil((grid?.clientHeight ?? window.innerHeight) / rowHeight) + 2 * overscan };
}

function scrollToRow(id: string): void {
  const grid = document.getElementById('grid');
  const index = rows.findIndex((row) => row.id === id);
  if (!grid || index < 0) return;
  // The sticky column headers cover the height of one row.
  const top = index * rowHeight;
  const bottom = top + 2 * rowHeight;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (bottom > grid.scrollTop + grid.clientHeight) grid.scrollTop = bottom - grid.clientHeight;
}

/** Moves the focus to the row at `index` if the focused row no longer exists. */
function restoreFocus(index: number): void {
  const row = rows[Math.min(index, rows.length - 1)];
  if (row && !rows.some(({ id }) => id === view.focused)) updateView({ focused: row.id });
}

/** Shows the rule that a link or another view names, if it has been received. */
function showReceivedRule(name: string): void {
  const rule = findRuleByName(data.results?.rules ?? [], name);
  if (!rule) return;
  const { ruleToShow, ...others } = data;
  data = others;
  actions.updateView(showRule(data, view, rule));
  loadMissingResources();
  document.getElementById('grid')?.focus();
}

root.addEventListener('keydown', (event) => {
  if (!(event.target instanceof Element) || event.target.id !== 'grid') return;
  if (handleKey(event, rows, view, getRowWindow().count, actions)) event.preventDefault();
});
root.addEventListener('click', ({ target }) => {
  const line = target instanceof Element ? target.closest('.line') : null;
  const id = rows.find((row) => getDomId(row) === line?.id)?.id;
  if (id !== undefined && id !== view.focused) actions.updateView({ focused: id });
});
// Scroll events do not bubble, so they are handled in the capture phase.
root.addEventListener('scroll', () => renderPanel(), true);
window.addEventListener('resize', renderPanel);
window.addEventListener('message', ({ data: message }: MessageEvent<HostMessage>) => {
  const focusedIndex = rows.findIndex(({ id }) => id === view.focused);
  data = applyMessage(data, message);
  renderPanel();
  if (focusedIndex >= 0) restoreFocus(focusedIndex);
  if (message.type === 'header' && needsOwners(message.header)) actions.send({ type: 'loadOwners' });
  if (data.ruleToShow !== undefined) showReceivedRule(data.ruleToShow);
  if (message.type === 'results') loadMissingResources();
});
actions.send({ type: 'ready' });
