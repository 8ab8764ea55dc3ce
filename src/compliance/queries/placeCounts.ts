import type { SlicedWork } from '../../timeSlicing.ts';
import type { AggregateRow, PackCount } from '../model.ts';
import { forEachSlice } from '../organization/slices.ts';
import { type FirstItems, FirstRows, rowsPerSlice, type SelectOptions } from './firstRows.ts';

/**
 * Counts the matching rows of each account or region, as AWS Config does for those who may ask it, and selects the first
 * of an order.
 */
export function* countPlaces(
  rows: readonly AggregateRow[],
  by: 'account' | 'region',
  { matches, compare, limit }: SelectOptions<PackCount>,
): SlicedWork<FirstItems<PackCount>> {
  const places = new Map<string, { compliantPacks: number; nonCompliantPacks: number }>();
  const countRows = (start: number, end: number) => {
    for (const row of rows.slice(start, end)) {
      if (!matches(row)) continue;
      const counts = places.get(row[by]) ?? { compliantPacks: 0, nonCompliantPacks: 0 };
      places.set(row[by], counts);
      if (row.compliance === 'COMPLIANT') counts.compliantPacks += 1;
      else if (row.compliance === 'NON_COMPLIANT') counts.nonCompliantPacks += 1;
    }
  };
  yield* forEachSlice(rows.length, countRows, rowsPerSlice);
  const first = new FirstRows(limit, compare);
  for (const [name, counts] of places) first.add({ name, ...counts });
  return { items: first.toSorted(), count: first.count, rowCount: rows.length };
}
