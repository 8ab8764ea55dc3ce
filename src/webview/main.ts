import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { html, nothing, render } from 'lit';
import { pressKey } from './keyboard.ts';
import { type Line, linesOf, resourcePage, shownRules } from './lines.ts';
import type { FromPanel, ToPanel } from './protocol.ts';
import { type Facts, initialView, noFacts, toggled, type View, withMessage } from './state.ts';
import type { Actions } from './view/actions.ts';
import { detailsView } from './view/details.ts';
import { foreignView } from './view/foreign.ts';
import { headView } from './view/head.ts';
import { lineHeight, tableView } from './view/table.ts';
import { toolbarView } from './view/toolbar.ts';
import { trendView } from './view/trend.ts';
import { chosenWords, differenceWords, estimateWords, filterWords } from './words.ts';

/** What survives a reload of the window: how the pack is looked at, beside what the extension keeps to ask again. */
interface Kept {
  readonly target?: unknown;
  readonly view?: View;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const vscode = acquireVsCodeApi();
const root = document.getElementById('panel') ?? document.body;
vscode.setState({ ...vscode.getState(), target: JSON.parse(root.dataset.target ?? 'null') });
let facts: Facts = noFacts;
let view: View = { ...initialView, ...vscode.getState()?.view };
let lines: readonly Line[] = [];

const actions: Actions = {
  look(change) {
    see(change);
    if (change.focused !== undefined) scrollTo(change.focused);
  },
  send: (message) => vscode.postMessage(message),
  toggle(id) {
    const line = lines.find((each) => each.id === id);
    if (line?.kind === 'rule' && line.unfolded === false) actions.more(line.rule.name, 0);
    actions.look({ unfolded: toggled(view.unfolded, id), focused: id });
  },
  more: (rule, shown) => actions.send({ type: 'resources', rule, count: shown + resourcePage }),
  exportAs(format) {
    const rules = shownRules(facts, view).map(({ name }) => name);
    actions.send({ type: 'export', format, rules, filter: filterWords(view) });
  },
};

function see(change: Partial<View>): void {
  view = { ...view, ...change };
  vscode.setState({ ...vscode.getState(), view });
  draw();
}

function draw(): void {
  const now = Date.now();
  lines = linesOf(facts, view);
  const { head, foreign, results } = facts;
  if (!head) {
    render(foreign ? foreignView(foreign, now) : nothing, root);
    return;
  }
  const notes = [chosenWords(facts, view), estimateWords(facts, now), differenceWords(facts)];
  render(
    html`
      ${headView(facts, head, now)}
      ${toolbarView(facts, view, actions)}
      <div id="content" role="tabpanel" aria-labelledby="tab-${view.tab}">
        ${view.tab === 'trend' ? trendView(facts.trend, now) : results ? tableView(facts, view, lines, seen(), now, actions) : nothing}
      </div>
      ${
        view.tab === 'trend'
          ? nothing
          : html`<footer>
        ${detailsView(
          lines.find(({ id }) => id === view.focused),
          now,
          actions,
        )}
        <div class="notes" role="status">${notes.filter(Boolean).map((note) => html`<p>${note}</p>`)}</div>
      </footer>`
      }
    `,
    root,
  );
}

/** The lines in sight, and some above and below so that scrolling never shows a gap. */
function seen() {
  const grid = document.getElementById('grid');
  const spare = 10;
  const first = Math.max(0, Math.floor((grid?.scrollTop ?? 0) / lineHeight) - spare);
  return { first, count: Math.ceil((grid?.clientHeight ?? window.innerHeight) / lineHeight) + 2 * spare };
}

function scrollTo(id: string): void {
  const grid = document.getElementById('grid');
  const index = lines.findIndex((line) => line.id === id);
  if (!grid || index < 0) return;
  // The head of the table covers one line.
  const top = index * lineHeight;
  const bottom = top + 2 * lineHeight;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (bottom > grid.scrollTop + grid.clientHeight) grid.scrollTop = bottom - grid.clientHeight;
}

/** Where the focused line is gone, the one that now stands in its place has the focus. */
function keepFocus(place: number): void {
  const line = lines[Math.min(place, lines.length - 1)];
  if (line && !lines.some(({ id }) => id === view.focused)) see({ focused: line.id });
}

root.addEventListener('keydown', (event) => {
  if (!(event.target instanceof Element) || event.target.id !== 'grid') return;
  if (pressKey(event, lines, view, seen().count, actions)) event.preventDefault();
});
root.addEventListener('click', ({ target }) => {
  const id = target instanceof Element ? target.closest<HTMLElement>('[data-line]')?.dataset.line : undefined;
  if (id !== undefined && id !== view.focused) actions.look({ focused: id });
});
// Scroll events do not bubble: they are caught on their way down.
root.addEventListener('scroll', () => draw(), true);
window.addEventListener('resize', draw);
window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
  const place = lines.findIndex(({ id }) => id === view.focused);
  facts = withMessage(facts, data);
  draw();
  if (place >= 0) keepFocus(place);
  if (data.type !== 'results') return;
  // A panel that comes back shows again what was unfolded.
  for (const line of lines) {
    if (line.kind === 'rule' && line.unfolded && !facts.resources.has(line.rule.name)) actions.more(line.rule.name, 0);
  }
});
actions.send({ type: 'ready' });
