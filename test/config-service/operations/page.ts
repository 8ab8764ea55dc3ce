import type { Step } from './operation.ts';

/** The rows of a page, and the position after which the next page starts, if there is one. */
export interface Page {
  readonly rows: readonly object[];
  readonly next?: string;
  /** The position before the last row. */
  readonly beforeLast: string;
}

/** Limits the work of one page. A page may therefore be short or empty although more pages follow. */
const maxStepsPerPage = 5000;

/** Takes steps until the page is full and another row follows. */
export function takePage(steps: Iterable<Step>, after: string, limit: number): Page {
  const rows: object[] = [];
  let next = after;
  let beforeLast = after;
  let taken = 0;
  for (const { position, row } of steps) {
    const isFull = row !== undefined && rows.length === limit;
    if (isFull || taken === maxStepsPerPage) return { rows, next, beforeLast };
    if (row !== undefined) {
      rows.push(row);
      beforeLast = next;
    }
    next = position;
    taken += 1;
  }
  return { rows, beforeLast };
}
