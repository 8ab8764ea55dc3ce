import type { SlicedWork } from '../../timeSlicing.ts';
import type { Grouping } from '../grouping.ts';
import { type StateCounts, sumCells } from '../organization/cells.ts';
import { increment, type SortKey, sortByRank } from '../organization/countingSort.ts';
import type { PackGroup } from '../organization/packGroups.ts';
import {
  createAccountColumn,
  createPackColumn,
  createRegionColumn,
  type RankedColumn,
} from '../organization/rankedColumns.ts';
import { releaseMemory } from '../organization/releaseMemory.ts';
import { type RowColumns, stateCodes, stateCount } from '../organization/rowColumns.ts';
import { sortRows } from '../organization/selectRows.ts';
import { forEachSlice } from '../organization/slices.ts';
import type { PackOrder } from '../source.ts';
import { compareCounts, comparePackGroups, compareRows } from './rowOrder.ts';

/** Sorts row numbers in the order of `compareRows`, below their groups in that of the tree. */
export function* sortByOrder(
  columns: RowColumns,
  rows: Uint32Array,
  order: PackOrder,
  grouping: Grouping,
): SlicedWork<Uint32Array> {
  const descending = order.by === 'name' && order.descending;
  const byName = (['pack', 'account', 'region'] as const).map((by) => ({ by, descending }));
  const named = yield* sortRows(columns, rows, byName);
  let sorted = named;
  if (order.by === 'score') {
    const key = yield* createShareKey(columns, order);
    sorted = yield* sortByRank(named, key);
    releaseMemory(named, key.values);
  }
  if (grouping === 'none') return sorted;
  const grouped = yield* sortByRank(sorted, yield* createGroupKey(columns, rows, order, grouping));
  releaseMemory(sorted);
  return grouped;
}

/** Ranks rows by the share of passing rules. Many rows have the same counts: each combination is compared once. */
function* createShareKey(columns: RowColumns, order: PackOrder): SlicedWork<SortKey> {
  const { compliantRules, nonCompliantRules, totalRules, length } = columns;
  const numbers = new Map<string, number>();
  const firstRows: number[] = [];
  const values = new Uint32Array(length);
  yield* forEachSlice(length, (start, end) => {
    for (let row = start; row < end; row++) {
      const key = `${compliantRules[row]}/${nonCompliantRules[row]}/${totalRules[row]}`;
      const number = numbers.get(key) ?? firstRows.push(row) - 1;
      numbers.set(key, number);
      values[row] = number;
    }
  });
  const compare = compareRows(order);
  const counts = firstRows.map((row) => ({ ...columns.getRow(row), pack: '', account: '', region: '' }));
  return { values, ranks: rank(counts, compare, true) };
}

/** Ranks the groups of rows as the tree does. Every group has a rank of its own. */
function* createGroupKey(
  columns: RowColumns,
  rows: Uint32Array,
  order: PackOrder,
  grouping: Exclude<Grouping, 'none'>,
): SlicedWork<SortKey> {
  if (grouping === 'status') {
    const ranks = new Uint32Array(stateCount);
    const codes = [stateCodes.NON_COMPLIANT, stateCodes.INSUFFICIENT_DATA, stateCodes.COMPLIANT, stateCodes.unknown];
    for (const [index, code] of codes.entries()) ranks[code] = index;
    return { values: columns.states, ranks };
  }
  if (grouping === 'pack') {
    const column = createPackColumn(columns);
    const counts = yield* countStates(columns, rows, column);
    return toGroupKey(column, rank(counts, comparePackGroups(order)));
  }
  const column = grouping === 'account' ? createAccountColumn(columns) : createRegionColumn(columns);
  const counts = yield* countStates(columns, rows, column);
  const packCounts = counts.map(({ pack: name, compliant, nonCompliant }) => {
    return { name, compliantPacks: compliant, nonCompliantPacks: nonCompliant };
  });
  return toGroupKey(column, rank(packCounts, compareCounts(order)));
}

const toGroupKey = ({ values, ranks }: RankedColumn<unknown>, groupRanks: Uint32Array): SortKey => ({
  values,
  ranks: ranks.map((label) => groupRanks[label] ?? 0),
});

/** The rank of each item in sorted order. `sharesRanks`: equal items have the same one. */
function rank<T>(items: readonly T[], compare: (a: T, b: T) => number, sharesRanks = false): Uint32Array {
  const sorted = [...items.entries()].sort(([, a], [, b]) => compare(a, b));
  const ranks = new Uint32Array(items.length);
  let last = 0;
  for (const [position, [index, item]] of sorted.entries()) {
    const previous = sorted[position - 1]?.[1];
    const isEqual = sharesRanks && previous !== undefined && compare(previous, item) === 0;
    if (!isEqual) last = position;
    ranks[index] = last;
  }
  return ranks;
}

type GroupCounts<Label> = StateCounts & { readonly pack: Label };

/** Counts the rows of each label by state. */
function* countStates<Label extends string | PackGroup>(
  { states }: RowColumns,
  rows: Uint32Array,
  { values, ranks, labels }: RankedColumn<Label>,
): SlicedWork<GroupCounts<Label>[]> {
  const counts = new Uint32Array(labels.length * stateCount);
  yield* forEachSlice(rows.length, (start, end) => {
    for (const row of rows.subarray(start, end)) {
      increment(counts, (ranks[values[row] ?? 0] ?? 0) * stateCount + (states[row] ?? 0));
    }
  });
  return labels.map((pack, label) => ({ pack, ...sumCells({ counts }, label, label + 1) }));
}
