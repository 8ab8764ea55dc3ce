import type { PackGroupCounts } from '../../compliance/organization/cells.ts';
import type { QueryCounts } from '../../compliance/organization/countByQuery.ts';
import type { OverviewRow } from '../../webview/overview/protocol.ts';
import { formatPack, type OverviewContents } from './filterContents.ts';

// The rows of tabs while AWS Config has counted packs, and their rows have not all been read. Nothing can be unfolded.

/** The rows of the tab of accounts. */
export const getCountedAccountRows = (
  { accounts }: QueryCounts,
  accountNames: OverviewContents['accountNames'],
): readonly OverviewRow[] =>
  accounts.map(({ account, packs, nonCompliant }) => {
    const name = accountNames.get(account);
    const id = `account/${account}`;
    return { kind: 'account', id, level: 1, account, ...(name !== undefined && { name }), total: packs, nonCompliant };
  });

/** The rows of the tab of packs. */
export const getCountedPackRows = (packs: readonly PackGroupCounts[]): readonly OverviewRow[] =>
  packs.map(({ pack, packs: total, nonCompliant }) => {
    const name = formatPack(pack);
    return { kind: 'pack', id: `pack/${name}`, level: 1, pack: name, total, nonCompliant };
  });
