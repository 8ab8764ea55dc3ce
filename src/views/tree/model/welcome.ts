import { isSignedOut } from '../../../compliance/errors.ts';
import { isFiltered } from '../../../compliance/filter.ts';
import { isKnownEmpty } from '../../../compliance/paging/list.ts';
import type { ChildLists } from './childLists.ts';

/** Why the tree is empty: selects the view's welcome content. */
export const welcomes = ['noCredentials', 'noRegion', 'signedOut', 'noPacks', 'notSetUp'] as const;

export type Welcome = (typeof welcomes)[number];

/** The welcome content to show instead of nodes, if any. Loads nothing. */
export function chooseWelcome(lists: ChildLists): Welcome | undefined {
  const { connections } = lists.getSettings();
  const stores = lists.estate.getStores(connections);
  const [first] = stores;
  const firstError = first?.identity.rows.length === 0 ? first.identity.errors[0]?.kind : undefined;
  if (stores.length === 1 && firstError === 'noRegion') return 'noRegion';
  // Without a profile in the settings, nobody has been signed in.
  const isUnconfigured = stores.length === 1 && first?.connection.profile === undefined;
  if (isUnconfigured && firstError === 'signedOut') return 'noCredentials';
  const isSignedOutEverywhere = stores.every(
    ({ identity }) => identity.errors.some(isSignedOut) && identity.rows.length === 0,
  );
  if (stores.length > 0 && isSignedOutEverywhere) return 'signedOut';
  const [connection] = connections;
  if (connections.length !== 1 || !connection || isFiltered(lists.query.filter)) return undefined;
  const packs = lists.getPackList(connection);
  const { aggregators, identity } = lists.estate.getStore(connection);
  if (isKnownEmpty(packs) && isKnownEmpty(aggregators) && identity.errors.length === 0) return 'noPacks';
  const errors = [...packs.errors, ...aggregators.errors];
  const isSetUp = errors.length === 0 || errors.some(({ kind }) => kind !== 'notSetUp');
  return isSetUp || aggregators.rows.length > 0 || packs.rows.length > 0 ? undefined : 'notSetUp';
}
