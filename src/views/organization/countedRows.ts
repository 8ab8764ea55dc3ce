import type { PackGroupCounts } from '../../compliance/organization/cells.ts';
import type { QueryCounts } from '../../compliance/organization/countByQuery.ts';
import { comparePacks, formatPackGroup } from '../../compliance/organization/packGroups.ts';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { OverviewRow } from '../../webview/overview/protocol.ts';
import { formatNumber } from '../../webview/overview/text.ts';
import type { FilteredContents } from './filterContents.ts';
import { getPlaceRows, getRegionRows, toCounts } from './overviewRows.ts';

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
    const text = `${formatNumber(read?.packs ?? 0)} of ${formatNumber(counts.packs)} packs read so far`;
    rows.push({ kind: 'heading', id: `${id}/heading`, level: 2, text });
    if (read) rows.push(...(yield* getRegionRows(contents, read, isToggled)));
  }
  return rows;
}

/** The rows of the tab of packs: below a pack where it is deployed, as far as that has been read. What lacks it is unknown. */
export function* getCountedPackRows(
  packs: readonly PackGroupCounts[],
  rankRead: () => SlicedWork<FilteredContents>,
  isToggled: (id: string) => boolean,
): SlicedWork<readonly OverviewRow[]> {
  const rows: OverviewRow[] = [];
  for (const { pack, ...counts } of packs) {
    const name = formatPackGroup(pack);
    const id = `pack/${name}`;
    const unfolded = isToggled(id);
    rows.push({ kind: 'pack', id, level: 1, unfolded, pack: name, ...toCounts(counts) });
    if (!unfolded) continue;
    const contents = yield* rankRead();
    const read = contents.packs.find((rank) => comparePacks(rank.pack, pack) === 0);
    const text = `${formatNumber(read?.packs ?? 0)} of ${formatNumber(counts.packs)} packs read so far`;
    rows.push({ kind: 'heading', id: `${id}/heading`, level: 2, text });
    if (!read) continue;
    for (const row of yield* getPlaceRows(contents, read, id, isToggled)) rows.push(row);
  }
  return rows;
}
