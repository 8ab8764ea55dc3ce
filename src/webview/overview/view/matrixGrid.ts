import { nothing, type TemplateResult } from 'lit';
import { html } from '../../shared/html.ts';
import { cellSize, columnHeaderHeight, getRowHeaderWidth } from '../matrix/geometry.ts';
import type { ViewRange } from '../protocol.ts';
import { getTotal, type OverviewData, type OverviewState } from '../state.ts';
import { formatAccount, formatCode } from '../text.ts';

/** How many cells around the focus screen readers get. Those in view can be more than a thousand. */
const describedCells = 12;

/**
 * Renders the matrix as a canvas behind a transparent scrolled area, and as a table for screen readers with the cells
 * around the focus.
 */
export function renderMatrix(data: OverviewData, state: OverviewState, width: number): TemplateResult {
  const rows = getTotal(data, state);
  const columns = data.window?.matrix?.totalColumns ?? 0;
  const size = {
    width: getRowHeaderWidth({ width }) + columns * cellSize,
    height: columnHeaderHeight + rows * cellSize,
  };
  const { row, column } = state.cell;
  return html`
    <canvas id="canvas" aria-hidden="true"></canvas>
    <div class="grid matrix" role="grid" id="grid" tabindex="0" aria-label="Accounts and packs"
      aria-rowcount=${rows + 1} aria-colcount=${columns + 1}
      aria-activedescendant=${hasCell(data, row, column) ? getDomId(row, column) : nothing}>
      <div class="extent" role="presentation" .style=${`width: ${size.width}px; height: ${size.height}px`}></div>
      <div class="behind" role="rowgroup">${renderTableBehind(data, state, columns)}</div>
    </div>
  `;
}

function renderTableBehind({ window, summary }: OverviewData, { cell }: OverviewState, columns: number) {
  const matrix = window?.matrix;
  if (!window || !matrix) return nothing;
  const isComplete = summary?.progress.isComplete ?? false;
  const rowRange = getAround(cell.row, window.total);
  const columnRange = getAround(cell.column, columns);
  return html`
    <div role="row" aria-rowindex="1">
      <div role="columnheader" aria-colindex="1">Account</div>
      ${list(columnRange).map((column) => html`<div role="columnheader" aria-colindex=${column + 2}>${matrix.packs[column - matrix.firstColumn] ?? ''}</div>`)}
    </div>
    ${list(rowRange).map((row) => {
      const account = matrix.accounts[row - window.first];
      const codes = matrix.cells[row - window.first];
      if (!account || codes === undefined) return nothing;
      return html`<div role="row" aria-rowindex=${row + 2}>
        <div role="rowheader" aria-colindex="1">${formatAccount(account)}</div>
        ${list(columnRange).map((column) => html`<div role="gridcell" id=${getDomId(row, column)} aria-colindex=${column + 2} aria-selected=${row === cell.row && column === cell.column}>${formatCode(codes[column - matrix.firstColumn] ?? ' ', isComplete)}</div>`)}
      </div>`;
    })}
  `;
}

type Range = Pick<ViewRange, 'first' | 'count'>;

function getAround(index: number, total: number): Range {
  const first = Math.max(0, index - describedCells / 2);
  return { first, count: Math.max(0, Math.min(total - first, describedCells)) };
}

const list = ({ first, count }: Range): readonly number[] => Array.from({ length: count }, (_, index) => first + index);

function hasCell({ window }: OverviewData, row: number, column: number): boolean {
  const matrix = window?.matrix;
  if (!window || !matrix) return false;
  return matrix.cells[row - window.first] !== undefined && column < matrix.totalColumns;
}

const getDomId = (row: number, column: number): string => `cell-${row}-${column}`;
