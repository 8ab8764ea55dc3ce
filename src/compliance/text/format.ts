import type { AccountAndRegion } from '../model.ts';
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
