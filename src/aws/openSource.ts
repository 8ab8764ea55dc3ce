import type { OpenSource } from '../compliance/source.ts';
import { LazyProfileCredentials } from './credentials/lazyProfileCredentials.ts';
import type { SourceSettings } from './sourceSettings.ts';
import { RateLimiter } from './transport/rateLimiter.ts';

/** Creates a function that opens sources with shared rate limits and credentials. The first call loads the SDK. */
export function createOpenSource(settings: SourceSettings): OpenSource {
  const rateLimiter = new RateLimiter(settings.requestsPerSecond);
  const profileCredentials = new LazyProfileCredentials(settings.mfa);
  return async (connection) => {
    const { ConfigServiceSource } = await import('./configServiceSource.ts');
    return ConfigServiceSource.open(connection, { settings, rateLimiter, profileCredentials });
  };
}
