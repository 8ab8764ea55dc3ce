import { groupPacks, type PackGroup } from './packGroups.ts';
import type { RowColumns } from './rowColumns.ts';
import type { StringTable } from './stringTable.ts';

/** A column with a label for each value: what rows are counted and ranked by. */
export interface RankedColumn<Label = string> {
  /** A number per row. */
  readonly values: Uint32Array;
  /** The index of each value's label. */
  readonly ranks: Uint32Array;
  /** The labels in ascending order. */
  readonly labels: readonly Label[];
  readonly rankCount: number;
}

/** The accounts of the rows, and others that have none. */
export const createAccountColumn = (
  { accounts, accountIds }: RowColumns,
  others: readonly string[] = [],
): RankedColumn => createColumn(accounts, accountIds, others);

/** The regions of the rows, and others that have none. */
export const createRegionColumn = (
  { regions, regionNames }: RowColumns,
  others: readonly string[] = [],
): RankedColumn => createColumn(regions, regionNames, others);

/** The exact names of packs. */
export const createPackNameColumn = ({ packs, packNames }: RowColumns): RankedColumn =>
  createColumn(packs, packNames, []);

/** Packs across accounts: those of the organization under the name in their template. */
export function createPackColumn({ packs, packNames }: RowColumns): RankedColumn<PackGroup> {
  const { groups, ranks } = groupPacks(packNames.all);
  return { values: packs, ranks, labels: groups, rankCount: groups.length };
}

function createColumn(values: Uint32Array, { all }: StringTable, others: readonly string[]): RankedColumn {
  const labels = [...new Set([...all, ...others])].sort();
  const indices = new Map(labels.map((label, index) => [label, index]));
  const ranks = Uint32Array.from(all, (label) => indices.get(label) ?? 0);
  return { values, ranks, labels, rankCount: labels.length };
}
