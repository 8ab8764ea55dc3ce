import type { SlicedWork } from '../../timeSlicing.ts';
import type { AggregateRow } from '../model.ts';
import type { PackGroupCounts, StateCounts } from '../organization/cells.ts';
import { PackGrouping } from '../organization/packGroups.ts';
import { forEachSlice } from '../organization/slices.ts';
import { type FirstItems, FirstRows, rowsPerSlice, type SelectOptions } from './firstRows.ts';

type MutableCounts = { -readonly [Key in keyof StateCounts]: StateCounts[Key] };

/** Counts the matching rows of each pack and selects the first packs of an order. */
export function* countPackGroups(
  rows: readonly AggregateRow[],
  { matches, compare, limit }: SelectOptions<PackGroupCounts>,
): SlicedWork<FirstItems<PackGroupCounts>> {
  const grouping = new PackGrouping();
  const countsByName = new Map<string, MutableCounts>();
  const countsByGroup: MutableCounts[] = [];
  const addName = (deployedName: string) => {
    const number = grouping.add(deployedName);
    countsByGroup[number] ??= { packs: 0, compliant: 0, insufficientData: 0, nonCompliant: 0, unknown: 0 };
    const counts = countsByGroup[number];
    countsByName.set(deployedName, counts);
    return counts;
  };
  const countRows = (start: number, end: number) => {
    for (const row of rows.slice(start, end)) {
      if (matches(row)) countRow(countsByName.get(row.pack) ?? addName(row.pack), row);
    }
  };
  yield* forEachSlice(rows.length, countRows, rowsPerSlice);
  const first = new FirstRows(limit, compare);
  const addGroups = (start: number, end: number) => {
    for (const [index, counts] of countsByGroup.slice(start, end).entries()) {
      const pack = grouping.groups[start + index];
      if (pack) first.add({ pack, ...counts });
    }
  };
  yield* forEachSlice(countsByGroup.length, addGroups, rowsPerSlice);
  return { items: first.toSorted(), count: first.count, rowCount: rows.length };
}

function countRow(counts: MutableCounts, { compliance }: AggregateRow): void {
  counts.packs += 1;
  if (compliance === 'COMPLIANT') counts.compliant += 1;
  else if (compliance === 'NON_COMPLIANT') counts.nonCompliant += 1;
  else if (compliance === 'INSUFFICIENT_DATA') counts.insufficientData += 1;
  else counts.unknown += 1;
}
