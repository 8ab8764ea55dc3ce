import type { ComplianceError, ErrorDetails } from '../errors.ts';

/** What went wrong, in a few words: the label of an error wherever it is shown. */
export function errorTitle({ kind, details }: ComplianceError): string {
  switch (kind) {
    case 'signedOut':
      return 'Not signed in to AWS';
    case 'expired':
      return 'The sign-in to AWS has expired';
    case 'switched':
      return 'These credentials are somebody else’s now';
    case 'denied':
      return `Not permitted: ${details.permission ?? 'this request'}`;
    case 'noRegion':
      return 'No AWS region is set';
    case 'keysRefused':
      return 'AWS does not know these credentials';
    case 'regionOff':
      return details.account === undefined
        ? 'AWS does not accept these credentials here'
        : `The region ${details.region ?? ''} is not enabled`;
    case 'notSetUp':
      return 'AWS Config is not set up here';
    case 'noAggregator':
      return 'No such aggregator';
    case 'noPack':
      return 'No such conformance pack';
    case 'staleCursor':
      return 'The list changed while it was read';
    case 'throttled':
      return 'AWS is throttling requests';
    case 'network':
      return networkTitle(details);
    case 'cancelled':
      return 'Cancelled';
    case 'unknown':
      return 'AWS answered with an error';
  }
}

function networkTitle({ obstacle, proxy }: ErrorDetails): string {
  switch (obstacle) {
    case 'proxy':
      return `The proxy ${proxy ?? 'on the way'} did not let the request through`;
    case 'certificate':
      return 'The certificate on the way to AWS is not trusted';
    default:
      return 'AWS could not be reached';
  }
}

/** What went wrong and what a person can do about it, as sentences. */
export const errorText = (error: ComplianceError): string => `${errorTitle(error)}. ${errorAdvice(error)}`;

/** What a person can do about it, as one or two sentences. */
export function errorAdvice({ kind, details }: ComplianceError): string {
  switch (kind) {
    case 'signedOut':
      return 'Sign in with the AWS CLI (aws sso login, aws configure) or set AWS_PROFILE, then retry.';
    case 'expired':
      return 'Sign in again (aws sso login), then retry.';
    case 'switched':
      return 'Refresh: everything is read anew.';
    case 'denied':
      return denialAdvice(details);
    case 'noRegion':
      return 'Set AWS_REGION, a region in the profile, or one in the setting packscope.connections.';
    case 'keysRefused':
      return 'Check the access key, or sign in again; the account may also have deleted them. Then retry.';
    case 'regionOff':
      return details.account === undefined
        ? 'The credentials are wrong, or the region is not enabled in this account.'
        : `Enable it for account ${details.account}, or choose other regions in the setting packscope.connections.`;
    case 'notSetUp':
      return 'Set up AWS Config in this region, then retry.';
    case 'noAggregator':
      return 'Check the names in the setting packscope.aggregators and the region.';
    case 'noPack':
      return 'It may have been deleted: refresh the list of packs.';
    case 'staleCursor':
      return 'Retry to read it from its beginning.';
    case 'throttled':
      return 'Retry in a minute, or lower the setting packscope.maxRequestsPerSecond.';
    case 'network':
      return networkAdvice(details);
    case 'cancelled':
      return 'Retry to go on.';
    case 'unknown':
      return details.requestId === undefined
        ? 'Retry; the log has the details.'
        : `Retry; the log has the details of request ${details.requestId}.`;
  }
}

function denialAdvice({ permission = 'that the message names', denial }: ErrorDetails): string {
  // Where something denies explicitly, another permission changes nothing.
  return denial === undefined
    ? `Ask for the permission ${permission}, then retry.`
    : `What denies it is ${denial}: ask whoever keeps that, then retry.`;
}

function networkAdvice({ obstacle }: ErrorDetails): string {
  switch (obstacle) {
    case 'proxy':
      return 'Check the proxy and its sign-in: http.proxy and http.noProxy in the settings, HTTPS_PROXY and NO_PROXY in the environment. Then retry.';
    case 'certificate':
      return 'Where a proxy signs with a CA of its own, name its file in AWS_CA_BUNDLE or in the profile’s ca_bundle, then retry.';
    case 'host':
      return 'Its host is not known: check the region’s name, the network, the proxy and AWS_ENDPOINT_URL, then retry.';
    case 'silence':
      return 'It did not answer in time: check the network and the proxy, then retry.';
    default:
      return 'Check the network, the proxy and AWS_ENDPOINT_URL, then retry.';
  }
}
