import type { OpenSource } from '../compliance/source.ts';
import { credentialSource } from './credentialSource.ts';
import { Pace } from './pace.ts';
import type { Throttled } from './patience.ts';
import type { MfaPrompt } from './profileCredentials.ts';
import type { RequestOptions } from './requests.ts';

/** What the person wants of the sources; asked anew for each request. */
export interface SourceSettings extends RequestOptions {
  /** Rows on a page of a long list; each operation caps it. */
  readonly pageSize: () => number;
  /** Requests that may start in any one second, per account and region. */
  readonly requestsPerSecond: () => number;
  readonly throttled?: Throttled;
  /** Without it, roles that demand a code are signed out. */
  readonly mfa?: MfaPrompt;
}

/** Opens sources that keep one pace between them; the SDK is loaded with the first. */
export function awsSources({ pageSize, requestsPerSecond, mfa, ...options }: SourceSettings): OpenSource {
  const pace = new Pace(requestsPerSecond);
  const credentials = credentialSource(mfa);
  return async (connection) => {
    const { AwsSource } = await import('./source.ts');
    return AwsSource.open(connection, { pageSize, pace, credentials, ...options });
  };
}
