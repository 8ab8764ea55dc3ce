import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { nothing, render } from 'lit';
import { toggleMember } from '../pack/state.ts';
import { html } from '../shared/html.ts';
import { formatEmptyTab } from './emptyText.ts';
import { handleKey } from './handleKey.ts';
import { getCellAt, getVisibleRange, scrollToCell } from './matrix/geometry.ts';
import { getViewport, MatrixCanvas } from './matrix/matrixCanvas.ts';
import type { OverviewHostMessage, OverviewMessage, OverviewSummary, ViewRange } from './protocol.ts';
import { RowRequests } from './rowRequests.ts';
import { applyMessage, followFocus, getTotal, initialState, type OverviewData, type OverviewState } from './state.ts';
import type { OverviewActions } from './view/actions.ts';
import { describeCell, getCell, renderDetails } from './view/details.ts';
import { renderHeader } from './view/header.ts';
import { renderLegend } from './view/legend.ts';
import { renderMatrix } from './view/matrixGrid.ts';
import { renderTable, rowHeight } from './view/table.ts';
import { renderToolbar } from './view/toolbar.ts';

/** The state that VS Code stores across reloads of the window. `target` lets the extension restore the panel. */
interface StoredState {
  readonly target?: unknown;
  readonly view?: OverviewState;
}

declare function acquireVsCodeApi(): {
  postMessage(message: OverviewMessage): void;
  getState(): StoredState | undefined;
  setState(state: StoredState): void;
};

/** How many rows above and below the visible ones are rendered, so that scrolling shows no gaps. */
const overscan = 10;

const vscode = acquireVsCodeApi();
const root = document.getElementById('panel') ?? document.body;
vscode.setState({ ...vscode.getState(), target: JSON.parse(root.dataset.target ?? 'null') });
let data: OverviewData = {};
let state: OverviewState = { ...initialState, ...vscode.getState()?.view };

const actions: OverviewActions = {
  updateState,
  send: (message) => vscode.postMessage(message),
  toggleRow: (id, index) => updateState({ toggled: toggleMember(state.toggled, id), focus: { id, index } }),
};
const requests = new RowRequests(actions.send);
const canvas = new MatrixCanvas(
  () => ({ data, state }),
  () => renderPanel(),
);

function updateState(change: Partial<OverviewState>): void {
  const isOtherList = change.tab !== undefined || change.filter !== undefined;
  state = { ...state, ...change, ...(isOtherList && { focus: initialState.focus, cell: initialState.cell }) };
  vscode.setState({ ...vscode.getState(), view: state });
  renderPanel();
  if (isOtherList) document.getElementById('grid')?.scrollTo(0, 0);
  if (isOtherList || change.toggled !== undefined) requests.show(state, getVisible());
  if (change.focus) scrollToRow(change.focus.index);
  if (change.cell) scrollToFocusedCell();
  if (change.cell || isOtherList) loadFocusedCell();
}

function renderPanel(): void {
  const { summary } = data;
  if (!summary) {
    render(nothing, root);
    return;
  }
  const now = Date.now();
  render(
    html`
      ${renderHeader(summary, now, state.tab, actions)}
      ${renderToolbar(summary, data.window?.suggestedAccounts ?? [], state, actions)}
      <div id="content" role="tabpanel" aria-labelledby="tab-${state.tab}">${renderTab(summary)}</div>
      <footer>
        ${state.tab === 'matrix' ? renderLegend(canvas.theme, summary.progress.isComplete) : nothing}
        ${renderDetails(data, state, actions)}
      </footer>
    `,
    root,
  );
  canvas.draw();
}

function renderTab(summary: OverviewSummary) {
  if (isEmpty()) return html`<p class="empty">${formatEmptyTab(summary, state)}</p>`;
  if (state.tab === 'matrix') return renderMatrix(data, state, root.clientWidth);
  const { first, ...others } = getVisible();
  const start = Math.max(0, first - overscan);
  return renderTable(
    data,
    state,
    state.tab,
    { ...others, first: start, count: first - start + others.count + overscan },
    actions,
  );
}

/** Whether the extension has answered that there is nothing to show. */
const isEmpty = (): boolean => data.window?.tab === state.tab && data.window.total === 0;

function getVisible(): ViewRange {
  const grid = document.getElementById('grid');
  if (state.tab === 'matrix') {
    return getVisibleRange(
      grid ? getViewport(grid) : { left: 0, top: 0, width: window.innerWidth, height: window.innerHeight },
    );
  }
  const first = Math.floor((grid?.scrollTop ?? 0) / rowHeight);
  const count = Math.ceil((grid?.clientHeight ?? window.innerHeight) / rowHeight) + 1;
  return { first, count, firstColumn: 0, columnCount: 0 };
}

function scrollToRow(index: number): void {
  const grid = document.getElementById('grid');
  if (!grid) return;
  // The sticky column headers cover the height of one row.
  const top = index * rowHeight;
  const bottom = top + 2 * rowHeight;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (bottom > grid.scrollTop + grid.clientHeight) grid.scrollTop = bottom - grid.clientHeight;
}

function scrollToFocusedCell(): void {
  const grid = document.getElementById('grid');
  grid?.scrollTo(scrollToCell(getViewport(grid), state.cell));
}

/** Requests the rows of the focused cell unless they are shown already. */
function loadFocusedCell(): void {
  const focused = state.tab === 'matrix' ? getCell(data, state.cell) : undefined;
  if (!focused) return;
  const { account, pack } = focused;
  actions.send({ type: 'loadCell', account: account.account, pack });
}

function findCell({ clientX, clientY }: MouseEvent) {
  const grid = document.getElementById('grid');
  if (!grid) return undefined;
  const { left, top } = grid.getBoundingClientRect();
  const size = { rows: getTotal(data, state), columns: data.window?.matrix?.totalColumns ?? 0 };
  return getCellAt(getViewport(grid), clientX - left, clientY - top, size);
}

/** Whether an event's target is the scrolled area of the matrix. */
const isMatrix = (target: EventTarget | null | undefined): boolean =>
  state.tab === 'matrix' && target instanceof Element && (target.id === 'grid' || target.className === 'extent');

root.addEventListener('keydown', (event) => {
  if (!(event.target instanceof Element) || event.target.id !== 'grid') return;
  if (handleKey(event, data, state, getVisible().count - 2, actions)) event.preventDefault();
});
root.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  if (isMatrix(target)) {
    const cell = findCell(event);
    if (cell) actions.updateState({ cell });
    return;
  }
  const line = target?.closest<HTMLElement>('.lines > .line');
  const index = Number(line?.dataset.index);
  const row = line && data.window?.rows[index - data.window.first];
  if (row && index !== state.focus.index) actions.updateState({ focus: { id: row.id, index } });
});
root.addEventListener('dblclick', ({ target }) => {
  if (!(target instanceof Element) || target.closest('button, .twistie')) return;
  // The first click has focused the row or cell, which Enter opens or unfolds as well.
  const isOfGrid = isMatrix(target) || target.closest('.lines > .line') !== null;
  if (isOfGrid && handleKey({ key: 'Enter', ctrlKey: false }, data, state, 0, actions))
    window.getSelection()?.removeAllRanges();
});
root.addEventListener('mousemove', (event) => {
  if (!(event.target instanceof HTMLElement) || !isMatrix(event.target)) return;
  const cell = findCell(event);
  event.target.title = (cell && describeCell(data, cell)) ?? '';
});
// Scroll and focus events do not bubble, so they are handled in the capture phase.
root.addEventListener(
  'scroll',
  () => {
    if (state.tab === 'matrix') canvas.draw();
    else renderPanel();
    requests.scroll(state, getVisible());
  },
  true,
);
for (const type of ['focus', 'blur']) root.addEventListener(type, () => canvas.draw(), true);
window.addEventListener('resize', () => {
  renderPanel();
  requests.scroll(state, getVisible());
});
window.addEventListener('message', ({ data: message }: MessageEvent<OverviewHostMessage>) => {
  const before = getCell(data, state.cell);
  data = applyMessage(data, message, requests.lastChange);
  if (message.type === 'rows') {
    requests.receive(message.request);
    state = { ...state, focus: followFocus(data, state) };
  }
  renderPanel();
  if (message.type !== 'rows') return;
  // The first rendering of rows creates the scrolled area, and its size may differ from the one that was requested.
  requests.scroll(state, getVisible());
  const after = getCell(data, state.cell);
  if (after?.code !== before?.code || after?.pack !== before?.pack || after?.account !== before?.account)
    loadFocusedCell();
});
actions.send({ type: 'ready' });
requests.show(state, getVisible());
