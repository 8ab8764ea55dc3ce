import type { RequestLog } from '../compliance/source.ts';
import type { MfaPrompt } from './credentials/profileCredentials.ts';
import type { ThrottleListener } from './transport/throttleReporting.ts';

/** Settings of all connections. Values that can change are functions, called for each request. */
export interface SourceSettings {
  /** Rows per page of a long list. Each operation caps it at the service's own limit. */
  readonly pageSize: () => number;
  /** Requests that may start within one second, per account and region. */
  readonly requestsPerSecond: () => number;
  /** URL of the proxy that the editor's settings name. */
  readonly proxy?: () => string | undefined;
  readonly log: RequestLog;
  readonly onThrottled?: ThrottleListener;
  /** Without a prompt, profiles that require an MFA code fail as signed out. */
  readonly mfa?: MfaPrompt;
}
