import type { AggregateRow, PackCount } from '../model.ts';
import { splitPackName } from '../packName.ts';
import { FirstRows } from './firstRows.ts';

/** A computation over many rows that can be paused at each `yield`. */
export type RowComputation<T> = Generator<undefined, T, undefined>;

/** Rows between two pauses: far less than a millisecond of work. */
const rowsPerStep = 1_000;

interface SelectionOptions<T> {
  /** Leaves out rows that do not match. */
  readonly matches: (row: AggregateRow) => boolean;
  readonly compare: (a: T, b: T) => number;
  /** Maximum number of items to select. */
  readonly limit: number;
}

/** The first items of an order. */
export interface Selection<T> {
  readonly items: readonly T[];
  /** How many items there are, also beyond the limit. */
  readonly count: number;
  /** How many rows the selection was computed from. */
  readonly rowCount: number;
}

/** Selects the first matching rows of an order. */
export function* selectRows(
  rows: readonly AggregateRow[],
  { matches, compare, limit }: SelectionOptions<AggregateRow>,
): RowComputation<Selection<AggregateRow>> {
  const first = new FirstRows(limit, compare);
  let steps = 0;
  for (const row of rows) {
    if (++steps % rowsPerStep === 0) yield;
    if (matches(row)) first.add(row);
  }
  return { items: first.toSorted(), count: first.count, rowCount: rows.length };
}

/** The rows of one pack over accounts and regions. `name` is the base name of an organization's pack. */
export interface PackGroup extends PackCount {
  readonly isOfOrganization: boolean;
  /** The only name under which the pack is deployed; undefined if there are several. */
  readonly deployedName: string | undefined;
  /** Includes packs without a result. */
  readonly packs: number;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Counts the matching rows of each pack and selects the first packs of an order. */
export function* groupByPack(
  rows: readonly AggregateRow[],
  { matches, compare, limit }: SelectionOptions<PackGroup>,
): RowComputation<Selection<PackGroup>> {
  /** Groups by deployed name: several names can share one. */
  const byDeployedName = new Map<string, Mutable<PackGroup>>();
  const groups = new Map<string, Mutable<PackGroup>>();
  let steps = 0;
  for (const row of rows) {
    if (++steps % rowsPerStep === 0) yield;
    if (!matches(row)) continue;
    const known = byDeployedName.get(row.pack);
    const group = known ?? joinGroup(groups, row.pack);
    if (!known) byDeployedName.set(row.pack, group);
    group.packs += 1;
    if (row.compliance === 'COMPLIANT') group.compliantPacks += 1;
    if (row.compliance === 'NON_COMPLIANT') group.nonCompliantPacks += 1;
  }
  const first = new FirstRows(limit, compare);
  for (const group of groups.values()) {
    if (++steps % rowsPerStep === 0) yield;
    first.add(group);
  }
  return { items: first.toSorted(), count: first.count, rowCount: rows.length };
}

/** The group of a deployed name that no row had before. */
function joinGroup(groups: Map<string, Mutable<PackGroup>>, deployedName: string): Mutable<PackGroup> {
  const { baseName: name, isOfOrganization } = splitPackName(deployedName);
  // A pack of the organization and one of an account can have the same name.
  const key = `${isOfOrganization} ${name}`;
  const existing = groups.get(key);
  if (existing) {
    existing.deployedName = undefined;
    return existing;
  }
  const group = { name, isOfOrganization, deployedName, packs: 0, compliantPacks: 0, nonCompliantPacks: 0 };
  groups.set(key, group);
  return group;
}
