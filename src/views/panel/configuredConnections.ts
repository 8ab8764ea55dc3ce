import { type Connection, getConnectionKey } from '../../compliance/source.ts';
import { settings } from '../shared/settings.ts';

/** A connection that is not configured must not be used: it may come from a workspace that is no longer trusted. */
export function isConfigured(connection: Connection): boolean {
  const key = getConnectionKey(connection);
  return settings.connections().some((each) => getConnectionKey(each) === key);
}

/**
 * Replaces a connection that is no longer configured by one of the same profile in the same region: a setting with or
 * without regions names the same account and region. A panel compares them with what AWS says before it shows data.
 */
export function withConfiguredConnection<Target extends { readonly connection: Connection }>(
  target: Target,
  region: string | undefined = target.connection.region,
): Target {
  if (isConfigured(target.connection)) return target;
  const { profile, isSample } = target.connection;
  const similar = settings.connections().filter((each) => each.profile === profile && each.isSample === isSample);
  const [only, ...others] = similar;
  const connection =
    region === undefined
      ? others.length === 0 && only
      : (similar.find((each) => each.region === region) ?? similar.find((each) => each.region === undefined));
  return connection ? { ...target, connection } : target;
}
