import type { OverviewRow } from './protocol.ts';
import { noFilter } from './state.ts';
import type { OverviewActions } from './view/actions.ts';

/** The title of what `openRow` does; undefined if a row has nothing to open. */
export function getOpenTitle({ kind }: OverviewRow): string | undefined {
  if (kind === 'deployedPack') return 'Open pack';
  return kind === 'failingRule' ? 'Show packs of this account and region' : undefined;
}

/** Opens a pack, or for a rule the packs of the account and region where it fails. Returns whether there is something to open. */
export function openRow(row: OverviewRow | undefined, actions: OverviewActions): boolean {
  if (row?.kind === 'deployedPack') {
    const { account, pack, region } = row;
    actions.send({ type: 'openPack', account, pack, region });
  } else if (row?.kind === 'failingRule') {
    const { account, region } = row;
    actions.updateState({ tab: 'accounts', filter: { ...noFilter, account, region } });
  } else {
    return false;
  }
  return true;
}
