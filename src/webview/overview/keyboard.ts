import type { CellPosition } from './state.ts';

/** A pressed key, as in a `KeyboardEvent`. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
}

/** The index that a key moves the focus to; undefined if the key does not move it. `pageSize`: the rows in view. */
export function moveRow({ key }: Key, index: number, total: number, pageSize: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + pageSize,
    PageUp: index - pageSize,
    Home: 0,
    End: total - 1,
  };
  return clamp(targets[key], total);
}

/** The cell that a key moves the focus to; undefined if the key does not move it. */
export function moveCell(
  { key, ctrlKey }: Key,
  { row, column }: CellPosition,
  { rows, columns, pageSize }: { readonly rows: number; readonly columns: number; readonly pageSize: number },
): CellPosition | undefined {
  if (rows === 0 || columns === 0) return undefined;
  const targets: Readonly<Record<string, CellPosition>> = {
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    ArrowRight: { row, column: column + 1 },
    ArrowLeft: { row, column: column - 1 },
    PageDown: { row: row + pageSize, column },
    PageUp: { row: row - pageSize, column },
    Home: { row: ctrlKey ? 0 : row, column: 0 },
    End: { row: ctrlKey ? rows - 1 : row, column: columns - 1 },
  };
  const target = targets[key];
  return target && { row: clamp(target.row, rows) ?? 0, column: clamp(target.column, columns) ?? 0 };
}

function clamp(index: number | undefined, total: number): number | undefined {
  return index === undefined || total === 0 ? undefined : Math.min(total - 1, Math.max(0, index));
}
