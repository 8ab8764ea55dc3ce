import type { SlicedWork } from '../../timeSlicing.ts';
import type { ComplianceType } from '../model.ts';
import { type SortKey, sortByRank } from './countingSort.ts';
import { createAccountColumn, createPackNameColumn, createRegionColumn } from './rankedColumns.ts';
import { releaseMemory } from './releaseMemory.ts';
import { type RowColumns, stateCodes, stateCount } from './rowColumns.ts';
import { forEachSlice } from './slices.ts';

/** Restricts rows. An absent member does not restrict. */
export interface RowSelection {
  readonly packs?: ReadonlySet<string>;
  readonly accounts?: ReadonlySet<string>;
  readonly regions?: ReadonlySet<string>;
  readonly states?: ReadonlySet<ComplianceType>;
}

/** What rows can be sorted and grouped by. */
export type SortColumn = 'pack' | 'account' | 'region' | 'state' | 'nonCompliantRules';

export interface RowOrder {
  readonly by: SortColumn;
  readonly descending?: boolean;
}

/** Finds the numbers of the selected rows, in the order of the columns. */
export function* selectRows(columns: RowColumns, selection: RowSelection): SlicedWork<Uint32Array> {
  const { packNames, accountIds, regionNames, packs, accounts, regions, states, length } = columns;
  const hasPack = createMask(packNames.all, selection.packs);
  const hasAccount = createMask(accountIds.all, selection.accounts);
  const hasRegion = createMask(regionNames.all, selection.regions);
  const hasState = createStateMask(selection.states);
  const selected = new Uint32Array(length);
  let count = 0;
  yield* forEachSlice(length, (start, end) => {
    for (let row = start; row < end; row++) {
      const isSelected =
        hasPack[packs[row] ?? 0] &&
        hasAccount[accounts[row] ?? 0] &&
        hasRegion[regions[row] ?? 0] &&
        hasState[states[row] ?? 0];
      if (isSelected) selected[count++] = row;
    }
  });
  return selected.subarray(0, count);
}

/**
 * Sorts row numbers by several columns, the first one first. States sort from best to worst. Rows that are equal keep
 * their order.
 */
export function* sortRows(
  columns: RowColumns,
  rows: Uint32Array,
  orders: readonly RowOrder[],
): SlicedWork<Uint32Array> {
  let sorted = rows;
  // Each pass is stable, so the last one decides first.
  for (const { by, descending = false } of orders.toReversed()) {
    const before = sorted;
    sorted = yield* sortByRank(before, getSortKey(columns, by), descending);
    if (before !== rows) releaseMemory(before);
  }
  return sorted;
}

/** More failing rules than this sort as equal. */
const maxSortedRules = 65_535;

function getSortKey(columns: RowColumns, by: SortColumn): SortKey {
  switch (by) {
    case 'pack':
      return createPackNameColumn(columns);
    case 'account':
      return createAccountColumn(columns);
    case 'region':
      return createRegionColumn(columns);
    case 'state':
      return { values: columns.states, ranks: countUp(stateCount) };
    case 'nonCompliantRules':
      return { values: columns.nonCompliantRules, ranks: countUp(maxSortedRules + 1) };
  }
}

const countUp = (length: number): Uint32Array => Uint32Array.from({ length }, (_, value) => value);

const createMask = (strings: readonly string[], selected: ReadonlySet<string> | undefined): Uint8Array =>
  Uint8Array.from(strings, (text) => ((selected?.has(text) ?? true) ? 1 : 0));

function createStateMask(selected: ReadonlySet<ComplianceType> | undefined): Uint8Array {
  const mask = new Uint8Array(stateCount).fill(selected ? 0 : 1);
  for (const state of selected ?? []) mask[stateCodes[state]] = 1;
  return mask;
}
