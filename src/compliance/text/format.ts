import type { AccountAndRegion, Aggregator } from '../model.ts';
import { type Connection, formatConnection } from '../source.ts';

/** Formats a count, such as `1 pack` or `3 packs`. */
export const formatCount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Formats an account and region, such as `111122223333 · us-east-1`. */
export const formatScope = ({ account, region }: AccountAndRegion): string => `${account} · ${region}`;

/** Formats an account and region with labels, such as `Account 111122223333 · region us-east-1`. */
export const formatScopeWithLabels = ({ account, region }: AccountAndRegion): string =>
  `Account ${account} · region ${region}`;

/** Names a connection where there is little room: its profile, or that it is the sample. */
export const getConnectionLabel = (connection: Connection): string | undefined =>
  connection.isSample ? formatConnection(connection) : connection.profile;

/** Says what an aggregator collects from, such as `From the organization in all regions`. */
export function formatSources({ sources }: Aggregator): string {
  if (sources === undefined) return 'Named in the setting packscope.aggregators';
  const { accounts, regions } = sources;
  const from = accounts === 'organization' ? 'the organization' : formatCount(accounts, 'account');
  return `From ${from} in ${regions === 'all' ? 'all regions' : regions.join(', ')}`;
}
