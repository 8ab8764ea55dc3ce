import type { AggregateRow } from '../../compliance/model.ts';
import { formatPackGroup, groupPacks } from '../../compliance/organization/packGroups.ts';
import type { RowColumns } from '../../compliance/organization/rowColumns.ts';
import type { SlicedWork } from '../../timeSlicing.ts';
import { findRows } from './filterContents.ts';
import { sortWorstFirst } from './overviewRows.ts';

/** A pack of an account, by its exact name or by its name over accounts. */
export interface PackOfAccount {
  readonly account: string;
  readonly pack: string;
  readonly region?: string;
}

/** The rows of a pack in an account, worst first. */
export function* findPackRows(
  columns: RowColumns,
  { pack, ...scope }: PackOfAccount,
): SlicedWork<readonly AggregateRow[]> {
  const group = groupPacks(columns.packNames.all).groups.find((each) => formatPackGroup(each) === pack);
  return sortWorstFirst(yield* findRows(columns, { ...scope, packs: group?.deployedNames ?? [pack] }));
}
