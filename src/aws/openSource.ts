import type { OpenSource } from '../compliance/source.ts';
import { credentialSource } from './credentials/lazyCredentials.ts';
import type { MfaPrompt } from './credentials/profileCredentials.ts';
import { RateLimiter } from './transport/rateLimiter.ts';
import type { RequestOptions } from './transport/requestPage.ts';
import type { ThrottleListener } from './transport/throttleReporting.ts';

/** What the person wants of the sources; asked anew for each request. */
export interface SourceSettings extends RequestOptions {
  /** Rows on a page of a long list; each operation caps it. */
  readonly pageSize: () => number;
  /** Requests that may start in any one second, per account and region. */
  readonly requestsPerSecond: () => number;
  readonly onThrottled?: ThrottleListener;
  /** Without it, roles that demand a code are signed out. */
  readonly mfa?: MfaPrompt;
}

/** Opens sources that keep one pace between them; the SDK is loaded with the first. */
export function createOpenSource({ pageSize, requestsPerSecond, mfa, ...options }: SourceSettings): OpenSource {
  const rateLimiter = new RateLimiter(requestsPerSecond);
  const credentials = credentialSource(mfa);
  return async (connection) => {
    const { ConfigServiceSource } = await import('./configServiceSource.ts');
    return ConfigServiceSource.open(connection, { pageSize, rateLimiter, credentials, ...options });
  };
}
