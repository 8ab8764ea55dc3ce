import type { SlicedWork } from '../../timeSlicing.ts';
import type { AggregateRow } from '../model.ts';
import { forEachSlice } from '../organization/slices.ts';
import { splitPackName } from '../packName.ts';
import { rowsPerSlice } from './firstRows.ts';

/** More names than this take too long to compare. */
const maxNames = 5_000;

/** Collects the distinct base names of rows' packs, as many as are of use to shorten them. */
export function* collectBaseNames(rows: readonly AggregateRow[]): SlicedWork<readonly string[]> {
  const names = new Set<string>();
  const addNames = (start: number, end: number) => {
    if (names.size >= maxNames) return;
    for (const { pack } of rows.slice(start, end)) names.add(splitPackName(pack).baseName);
  };
  yield* forEachSlice(rows.length, addNames, rowsPerSlice);
  return [...names];
}
