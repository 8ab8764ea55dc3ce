import { type ComplianceError, type ErrorDetails, isSignedOut } from '../errors.ts';
import type { Connection } from '../source.ts';

/** An action that can resolve an error; each view offers those that it supports. */
export type ErrorAction = 'signIn' | 'retry' | 'openAggregatorsSetting';

/** An error as every view shows it. */
export interface ErrorDescription {
  /** A short phrase without a full stop. */
  readonly title: string;
  /** The next step, in one or two sentences. */
  readonly advice: string;
  /** Title and advice as sentences. */
  readonly text: string;
  /** The most useful action first; never empty. */
  readonly actions: readonly [ErrorAction, ...ErrorAction[]];
}

/** Describes an error; a title about credentials names the profile of `connection`. */
export function describeError(error: ComplianceError, connection?: Connection): ErrorDescription {
  const title = getTitle(error, connection?.profile);
  const advice = getAdvice(error);
  return { title, advice, text: `${title}. ${advice}`, actions: getActions(error) };
}

function getActions(error: ComplianceError): ErrorDescription['actions'] {
  if (isSignedOut(error)) return ['signIn', 'retry'];
  // A misspelled name can only be corrected in the setting.
  return error.kind === 'aggregatorNotFound' ? ['openAggregatorsSetting', 'retry'] : ['retry'];
}

function getTitle({ kind, details }: ComplianceError, profile: string | undefined): string {
  switch (kind) {
    case 'signedOut':
      return profile === undefined ? 'Not signed in to AWS' : `Not signed in with profile “${profile}”`;
    case 'expired':
      return profile === undefined
        ? 'Your AWS session has expired'
        : `Your session for profile “${profile}” has expired`;
    case 'accountChanged':
      return 'These credentials now belong to another account';
    case 'accountMismatch':
      return 'AWS Config answered for another account';
    case 'denied':
      return `Not permitted: ${details.permission ?? 'this request'}`;
    case 'noRegion':
      return 'No AWS region is set';
    case 'credentialsRejected':
      return 'AWS rejected these credentials';
    case 'credentialsOrRegionRejected':
      return 'Invalid credentials or disabled region';
    case 'regionDisabled':
      return `The region ${details.region ?? ''} is not enabled`;
    case 'notSetUp':
      return 'AWS Config is not set up here';
    case 'aggregatorNotFound':
      return 'No such aggregator';
    case 'packNotFound':
      return 'No such conformance pack';
    case 'staleCursor':
      return 'The list changed while loading';
    case 'throttled':
      return 'AWS is throttling requests';
    case 'network':
      return getNetworkTitle(details);
    case 'cancelled':
      return 'Reading was interrupted';
    case 'unknown':
      return 'AWS returned an error';
  }
}

function getNetworkTitle({ networkCause, proxy }: ErrorDetails): string {
  switch (networkCause) {
    case 'proxy':
      return `The request failed at ${proxy === undefined ? 'a proxy' : `the proxy ${proxy}`}`;
    case 'certificate':
      return 'The TLS certificate is not trusted';
    default:
      return 'Could not reach AWS';
  }
}

function getAdvice({ kind, details }: ComplianceError): string {
  switch (kind) {
    case 'signedOut':
      return 'Sign in with the AWS CLI (aws sso login, aws configure) or set AWS_PROFILE, then retry.';
    case 'expired':
      return 'Sign in again (aws sso login), then retry.';
    case 'accountChanged':
      return 'Refresh to load that account’s data.';
    case 'accountMismatch':
      return 'Check AWS_ENDPOINT_URL and the endpoints of the profile, then retry.';
    case 'denied':
      return getDenialAdvice(details);
    case 'noRegion':
      return 'Set a region in AWS_REGION, in the profile, or in the setting packscope.connections.';
    case 'credentialsRejected':
      return 'Check the access key, which may have been deleted, or sign in again. Then retry.';
    case 'credentialsOrRegionRejected':
      return 'Either the credentials are invalid or the region is not enabled for this account. Check both, then retry.';
    case 'regionDisabled':
      return `Enable it for account ${details.account ?? ''}, or choose other regions in the setting packscope.connections.`;
    case 'notSetUp':
      return 'Set up AWS Config in this region, then retry.';
    case 'aggregatorNotFound':
      return 'Check the names in the setting packscope.aggregators and the region.';
    case 'packNotFound':
      return 'It may have been deleted. Refresh the list of packs.';
    case 'staleCursor':
      return 'Retry to load it from the beginning.';
    case 'throttled':
      return 'Retry in a minute, or lower the setting packscope.maxRequestsPerSecond.';
    case 'network':
      return getNetworkAdvice(details);
    case 'cancelled':
      return 'The credentials may have changed meanwhile. Retry.';
    case 'unknown':
      return details.requestId === undefined
        ? 'Retry, or see the log for details.'
        : `Retry, or see the log for details of request ${details.requestId}.`;
  }
}

function getDenialAdvice({ permission, denial, policy }: ErrorDetails): string {
  // Another permission changes nothing in these cases.
  if (denial !== undefined) return `${describeDenial(denial, policy)} Ask an administrator to change that, then retry.`;
  return permission === undefined
    ? 'Ask for the permission named in the message, then retry.'
    : `Ask for the permission ${permission}, then retry.`;
}

function describeDenial(denial: 'explicit' | 'implicit', policy: string | undefined): string {
  if (denial === 'implicit') return `No ${policy ?? 'policy'} allows this.`;
  if (policy === undefined) return 'The cause is an explicit deny.';
  return `The cause is an explicit deny in ${/^[aeio]/i.test(policy) ? 'an' : 'a'} ${policy}.`;
}

function getNetworkAdvice({ networkCause }: ErrorDetails): string {
  switch (networkCause) {
    case 'proxy':
      return 'Check the proxy and its credentials: http.proxy and http.noProxy in the settings, HTTPS_PROXY and NO_PROXY in the environment. Then retry.';
    case 'certificate':
      return 'If a proxy uses its own CA, set AWS_CA_BUNDLE or the profile’s ca_bundle to its certificate file, then retry.';
    case 'host':
      return 'The host name could not be resolved. Check the region, the network, the proxy and AWS_ENDPOINT_URL, then retry.';
    case 'timeout':
      return 'The request timed out. Check the network and the proxy, then retry.';
    default:
      return 'Check the network, the proxy and AWS_ENDPOINT_URL, then retry.';
  }
}
