import type { OverviewMessage, OverviewRow, RowsMessage } from '../../webview/overview/protocol.ts';
import { getMatrixWindow } from './matrix.ts';
import type { FilteredContents } from './overviewContents.ts';
import { getAccountRows, getPackRows } from './overviewRows.ts';

/** The rows of the requested range; none if the aggregator cannot be read. */
export function answerShow(
  { request, tab, range, unfolded, focused }: OverviewMessage & { readonly type: 'show' },
  contents: FilteredContents | undefined,
): RowsMessage {
  const base = { type: 'rows', request, tab, first: range.first, focusedIndex: -1 } as const;
  if (!contents) return { ...base, total: 0, rows: [] };
  if (tab === 'matrix') {
    // Without a pack there is no cell.
    const total = contents.packs.length === 0 ? 0 : contents.accounts.length;
    return { ...base, total, rows: [], matrix: getMatrixWindow(contents, range) };
  }
  const unfoldedIds = new Set(unfolded);
  const rows = getRows(tab, contents, (id) => unfoldedIds.has(id));
  return {
    ...base,
    total: rows.length,
    focusedIndex: rows.findIndex(({ id }) => id === focused),
    rows: rows.slice(range.first, range.first + range.count),
  };
}

function getRows(
  tab: 'accounts' | 'packs' | 'rules',
  contents: FilteredContents,
  isUnfolded: (id: string) => boolean,
): readonly OverviewRow[] {
  switch (tab) {
    case 'accounts':
      return getAccountRows(contents, isUnfolded);
    case 'packs':
      return getPackRows(contents, isUnfolded);
    case 'rules':
      return [];
  }
}
