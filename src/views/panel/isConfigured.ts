import { type Connection, getConnectionKey } from '../../compliance/source.ts';
import { settings } from '../shared/settings.ts';

/** A connection that is not configured must not be used: it may come from a workspace that is no longer trusted. */
export function isConfigured(connection: Connection): boolean {
  const key = getConnectionKey(connection);
  return settings.connections().some((each) => getConnectionKey(each) === key);
}
