import type { PackHistoryItem } from '../../compliance/history/packHistory.ts';
import type { List } from '../../compliance/paging/list.ts';
import { PagedList } from '../../compliance/paging/pagedList.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { PackHistory } from '../../webview/protocol.ts';
import { distinctProblems } from './panelData.ts';

/** The states of a pack that AWS Config has recorded, newest first. Loads nothing by itself. */
export const createHistoryList = (
  store: ConnectionStore,
  packId: string,
  onChange: () => void,
): PagedList<PackHistoryItem> =>
  new PagedList(
    store.fetchOrganization((source, request) => source.listPackHistory(request, packId)),
    ({ at }) => String(at),
    onChange,
    { isEager: true },
  );

/** Converts recorded states to what the webview shows. */
export const toPackHistory = ({ rows, state, isComplete, errors }: List<PackHistoryItem>): PackHistory => ({
  states: rows.map(({ at, compliance, compliantRules, totalRules }) => ({
    at,
    ...(compliance !== undefined && { compliance }),
    ...(compliantRules !== undefined &&
      totalRules !== undefined && { rules: { compliant: compliantRules, total: totalRules } }),
  })),
  isComplete,
  isLoading: state === 'loading',
  problems: distinctProblems(errors),
});
