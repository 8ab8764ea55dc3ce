import type { SlicedWork } from '../../timeSlicing.ts';

/** Rows of columns between two pauses: about a millisecond of work. */
const defaultSliceRows = 1 << 15;

/** Runs work on ranges of rows `[start, end)`, and pauses between them. */
export function* forEachSlice(
  rows: number,
  run: (start: number, end: number) => void,
  sliceRows = defaultSliceRows,
): SlicedWork<void> {
  for (let start = 0; start < rows; start += sliceRows) {
    run(start, Math.min(rows, start + sliceRows));
    yield;
  }
}
