import type { ViewRange } from '../protocol.ts';
import type { CellPosition } from '../state.ts';

/** Sizes of the matrix in CSS pixels. */
export const cellSize = 26;
export const columnHeaderHeight = 165;
const maxRowHeaderWidth = 250;
/** At least this many columns fit beside the accounts in a narrow panel. */
const minCellsWidth = 8 * cellSize;

/** The scroll position and size of the view, in CSS pixels. */
export interface Viewport {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The width of the column of accounts. */
export const getRowHeaderWidth = ({ width }: Pick<Viewport, 'width'>): number =>
  Math.max(110, Math.min(maxRowHeaderWidth, width - minCellsWidth));

/** The rows and columns that are at least partly in view. */
export function getVisibleRange(viewport: Viewport): ViewRange {
  const { left, top, width, height } = viewport;
  return {
    first: Math.floor(top / cellSize),
    count: Math.ceil(Math.max(0, height - columnHeaderHeight) / cellSize) + 1,
    firstColumn: Math.floor(left / cellSize),
    columnCount: Math.ceil(Math.max(0, width - getRowHeaderWidth(viewport)) / cellSize) + 1,
  };
}

/** The cell at a point of the view; undefined over the headers and beside the cells. */
export function getCellAt(
  viewport: Viewport,
  x: number,
  y: number,
  size: { readonly rows: number; readonly columns: number },
): CellPosition | undefined {
  const headerWidth = getRowHeaderWidth(viewport);
  if (x < headerWidth || y < columnHeaderHeight) return undefined;
  const row = Math.floor((viewport.top + y - columnHeaderHeight) / cellSize);
  const column = Math.floor((viewport.left + x - headerWidth) / cellSize);
  return row < size.rows && column < size.columns ? { row, column } : undefined;
}

/** The scroll position nearest to the current one that shows a whole cell. */
export function scrollToCell(viewport: Viewport, { row, column }: CellPosition): { left: number; top: number } {
  const { left, top, width, height } = viewport;
  return {
    left: scrollTo(column * cellSize, left, width - getRowHeaderWidth(viewport)),
    top: scrollTo(row * cellSize, top, height - columnHeaderHeight),
  };
}

function scrollTo(start: number, current: number, size: number): number {
  if (start < current) return start;
  return Math.max(current, start + cellSize - Math.max(cellSize, size));
}
