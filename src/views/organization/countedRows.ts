import type { PackGroupCounts } from '../../compliance/organization/cells.ts';
import type { QueryCounts } from '../../compliance/organization/countByQuery.ts';
import { formatPackGroup } from '../../compliance/organization/packGroups.ts';
import type { SlicedWork } from '../../compliance/organization/slices.ts';
import type { OverviewRow } from '../../webview/overview/protocol.ts';
import type { FilteredContents } from './filterContents.ts';
import { getRegionRows, toCounts } from './overviewRows.ts';

// The rows of tabs while AWS Config has counted packs, and their rows have not all been read.

/**
 * The rows of the tab of accounts: below an account the packs that have been read so far. `rankRead` ranks these, which
 * takes long: only if an account is unfolded.
 */
export function* getCountedAccountRows(
  { accounts }: QueryCounts,
  label: FilteredContents['label'],
  rankRead: () => SlicedWork<FilteredContents>,
  isToggled: (id: string) => boolean,
): SlicedWork<readonly OverviewRow[]> {
  const rows: OverviewRow[] = [];
  for (const counts of accounts) {
    const id = `account/${counts.account}`;
    const unfolded = isToggled(id);
    rows.push({
      kind: 'account',
      id,
      level: 1,
      unfolded,
      ...label(counts.account),
      ...toCounts(counts),
    });
    if (!unfolded) continue;
    const contents = yield* rankRead();
    const read = contents.accounts.find(({ account }) => account === counts.account);
    const text = `${read?.packs ?? 0} of ${counts.packs} packs read so far`;
    rows.push({ kind: 'heading', id: `${id}/heading`, level: 2, text });
    if (read) rows.push(...(yield* getRegionRows(contents, read, isToggled)));
  }
  return rows;
}

/** The rows of the tab of packs. What lacks a pack is unknown: nothing can be unfolded. */
export const getCountedPackRows = (packs: readonly PackGroupCounts[]): readonly OverviewRow[] =>
  packs.map(({ pack, ...counts }) => {
    const name = formatPackGroup(pack);
    return { kind: 'pack', id: `pack/${name}`, level: 1, pack: name, ...toCounts(counts) };
  });
