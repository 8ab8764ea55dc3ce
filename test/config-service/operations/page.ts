import type { Step } from './operation.ts';

/** The rows of one page, and the position the next one goes on from, where there is one. */
export interface Page {
  readonly rows: readonly object[];
  readonly next?: string;
}

/** A page looks at no more places than this, and may therefore be short or empty though the walk goes on. */
const stepsPerPage = 5000;

/** Walks on from a position until the page is full and another row is known to follow. */
export function takePage(steps: Iterable<Step>, after: string, limit: number): Page {
  const rows: object[] = [];
  let next = after;
  let taken = 0;
  for (const { position, row } of steps) {
    const isFull = row !== undefined && rows.length === limit;
    if (isFull || taken === stepsPerPage) return { rows, next };
    if (row !== undefined) rows.push(row);
    next = position;
    taken += 1;
  }
  return { rows };
}
