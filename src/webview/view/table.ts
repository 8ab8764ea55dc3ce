import { html, nothing, type TemplateResult } from 'lit';
import { splitRuleName } from '../../compliance/impact.ts';
import { age } from '../../compliance/text/format.ts';
import type { ControlRow, Line, MoreRow, ResourceRow, RuleRow } from '../lines.ts';
import { type Column, columns, type Facts, toggled, type View } from '../state.ts';
import { failingWords, gainWords, plural, stateWords } from '../words.ts';
import type { Actions } from './actions.ts';

/** Pixels that a line is high: lines of one height can be drawn only where they are seen. */
export const lineHeight = 26;

const columnNames: Record<Column, string> = {
  rule: 'Rule',
  state: 'State',
  failing: 'Failing',
  gain: 'Fix brings (estimate)',
  controls: 'Controls',
};

/** The lines that are seen; `first` is the number of the first of them. */
export interface Window {
  readonly first: number;
  readonly count: number;
}

/** The table of rules or controls, as a tree grid of which only a window is drawn. */
export function tableView(
  facts: Facts,
  view: View,
  lines: readonly Line[],
  { first, count }: Window,
  now: number,
  actions: Actions,
): TemplateResult {
  const active = lines.find(({ id }) => id === view.focused);
  return html`
    <div class="grid" role="treegrid" id="grid" tabindex="0" aria-label="Rules of the pack" aria-multiselectable="true"
      aria-rowcount=${lines.length + 1} aria-activedescendant=${active ? domId(active) : nothing}>
      <div class="line head" role="row" aria-rowindex="1">
        ${columns.map((column) => headCell(column, view, actions))}
      </div>
      <div class="lines" role="presentation" .style=${`height: ${lines.length * lineHeight}px`}>
        ${lines.slice(first, first + count).map((line, index) => {
          const place = `top: ${(first + index) * lineHeight}px`;
          return html`<div class="line ${line.kind} ${line === active ? 'active' : ''}" role="row" id=${domId(line)} .style=${place}
            aria-rowindex=${first + index + 2} aria-level=${line.level} aria-selected=${isChosen(line, view)}
            aria-expanded=${('unfolded' in line ? line.unfolded : undefined) ?? nothing} data-line=${line.id}>
            ${cells(facts, view, line, now, actions)}
          </div>`;
        })}
      </div>
    </div>
  `;
}

function headCell(column: Column, { sort }: View, actions: Actions): TemplateResult {
  const sorted = sort.by === column;
  const direction = sort.descending ? 'descending' : 'ascending';
  const descending = sorted ? !sort.descending : column === 'failing' || column === 'gain';
  return html`<div class="cell ${column}" role="columnheader" aria-sort=${sorted ? direction : 'none'}>
    <button @click=${() => actions.look({ sort: { by: column, descending } })}>${columnNames[column]}${sorted ? (sort.descending ? ' ↓' : ' ↑') : ''}</button>
  </div>`;
}

function cells(facts: Facts, view: View, line: Line, now: number, actions: Actions): TemplateResult {
  switch (line.kind) {
    case 'rule':
      return ruleCells(facts, view, line, actions);
    case 'control':
      return controlCells(facts, line, actions);
    case 'resource':
      return resourceCells(line, now);
    case 'more':
      return moreCells(line, actions);
  }
}

function ruleCells(
  facts: Facts,
  view: View,
  { id, level, rule, gain, unfolded }: RuleRow,
  actions: Actions,
): TemplateResult {
  const { own, suffix } = splitRuleName(rule.name);
  const passing = facts.results?.passing ?? { count: 0, complete: false };
  return html`
    <div class="cell rule level-${level}" role="gridcell">
      ${twistie(id, unfolded, actions)}
      <input type="checkbox" tabindex="-1" aria-label="Choose ${own}" .checked=${view.chosen.includes(rule.name)}
        @change=${() => actions.look({ chosen: toggled(view.chosen, rule.name) })}>
      <span class="name">${own}<span class="suffix">${suffix}</span></span>
    </div>
    <div class="cell state ${rule.compliance ?? ''}" role="gridcell">${stateWords(rule)}</div>
    <div class="cell failing" role="gridcell">${failingWords(rule, passing)}</div>
    <div class="cell gain" role="gridcell">${gainWords(facts, gain)}</div>
    <div class="cell controls" role="gridcell">${rule.controls.join(', ')}</div>
  `;
}

function controlCells(facts: Facts, { id, control, rules, failing, gain, unfolded }: ControlRow, actions: Actions) {
  return html`
    <div class="cell rule" role="gridcell">${twistie(id, unfolded, actions)}<span class="name">${control || 'No control'}</span></div>
    <div class="cell state" role="gridcell">${plural(rules, 'rule')}</div>
    <div class="cell failing" role="gridcell">${failing}</div>
    <div class="cell gain" role="gridcell">${gainWords(facts, gain)}</div>
    <div class="cell controls" role="gridcell"></div>
  `;
}

function resourceCells({ level, resource }: ResourceRow, now: number): TemplateResult {
  const { type, id, annotation, evaluatedAt } = resource;
  return html`
    <div class="cell rule level-${level}" role="gridcell"><span class="name"><bdi>${id}</bdi></span></div>
    <div class="cell wide" role="gridcell"><bdi>${[type, annotation].filter(Boolean).join(' · ')}</bdi></div>
    <div class="cell controls" role="gridcell">${evaluatedAt === undefined ? '' : `evaluated ${age(evaluatedAt, now)}`}</div>
  `;
}

function moreCells({ rule, level, shown, total }: MoreRow, actions: Actions): TemplateResult {
  return html`<div class="cell rule level-${level}" role="gridcell">
    <button class="link" tabindex="-1" @click=${() => actions.more(rule, shown)}>Load more…</button> ${shown} of ${total} shown
  </div>`;
}

function twistie(id: string, unfolded: boolean | undefined, actions: Actions): TemplateResult {
  return html`<span class="twistie ${unfolded === undefined ? 'none' : ''} ${unfolded ? 'open' : ''}" aria-hidden="true"
    @click=${() => unfolded !== undefined && actions.toggle(id)}></span>`;
}

const isChosen = (line: Line, { chosen }: View): boolean => line.kind === 'rule' && chosen.includes(line.rule.name);

/** A text of the service may hold half a character, which cannot be encoded. */
const domId = ({ id }: Line): string => `line-${encodeURIComponent(id.toWellFormed())}`;
