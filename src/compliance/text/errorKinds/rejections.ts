import type { ErrorDetails } from '../../errorDetails.ts';
import type { Cause, ErrorKindTexts } from './errorKind.ts';
import { quoteAnswer } from './valueOrigin.ts';

const signInAction = { kind: 'signIn' } as const;

const regionsAction = { kind: 'openSetting', setting: 'packscope.connections' } as const;

/** AWS refuses the credentials themselves. */
export const rejections = {
  expired: {
    hidesSubject: true,
    getTitle: ({ profile }) =>
      profile === undefined ? 'Your AWS session has expired' : `Your session for profile “${profile}” has expired`,
    getCauses: ({ message, details }) => [
      /credential_process returned expired/.test(message)
        ? { text: `${message} Renew them with the program that it runs, then retry.`, action: signInAction }
        : (renewVariable('', details) ?? { text: 'Sign in again (aws sso login), then retry.', action: signInAction }),
    ],
  },
  credentialsRejected: {
    hidesSubject: true,
    getTitle: ({ details: { account } }) =>
      account === undefined ? 'AWS rejected these credentials' : 'AWS no longer accepts these credentials',
    getCauses: ({ details }) => [
      getRejectionCause(details),
      ...(isOtherPartition(details) ? [keyOfOtherPartition] : []),
    ],
  },
  credentialsOrRegionRejected: {
    hidesSubject: true,
    getTitle: () => 'Invalid credentials or disabled region',
    getCauses: ({ details }) => [
      getRejectionCause(details),
      {
        text: `Or ${formatRegion(details.region)} is not enabled for this account: enable it, or choose other regions.`,
        action: regionsAction,
      },
    ],
  },
  regionDisabled: {
    hidesSubject: true,
    getTitle: ({ details: { region, hasSessionToken } }) =>
      `${region === undefined ? 'This region' : `The region ${region}`} is not enabled${hasSessionToken ? ' or rejects this session' : ''}`,
    getCauses: ({ details: { account, hasSessionToken } }) => [
      {
        text: `Enable it for ${account === undefined ? 'this account' : `account ${account}`}, or choose other regions in the setting packscope.connections.`,
        action: regionsAction,
      },
      ...(hasSessionToken ? [globalSession] : []),
    ],
  },
  clockWrong: {
    hidesSubject: true,
    getTitle: ({ details: { clockSkewMinutes } }) => getClockTitle(clockSkewMinutes),
    getCauses: () => [{ text: 'Set it, best automatically by the operating system, then retry.' }],
  },
  requestLate: {
    getTitle: () => 'The request reached AWS too late',
    getCauses: () => [
      { text: 'This computer was asleep, or the network held the request back. Its clock is right. Retry.' },
    ],
  },
  identityTokenRejected: {
    hidesSubject: true,
    getTitle: () => 'AWS rejected the web identity token',
    getCauses: () => [
      {
        text: 'The token of web_identity_token_file or AWS_WEB_IDENTITY_TOKEN_FILE has expired, or the role does not trust who issued it: renew the token, then retry.',
      },
    ],
  },
  signatureScopeRejected: {
    hidesSubject: true,
    getTitle: () => 'The endpoint belongs to another region or service',
    getCauses: () => [
      { text: 'Correct AWS_ENDPOINT_URL or endpoint_url, or choose the region of that endpoint, then retry.' },
    ],
  },
  signatureIncomplete: {
    hidesSubject: true,
    getTitle: () => 'The signature of the request did not arrive',
    getCauses: () => [
      {
        text: 'A proxy, or a gateway that AWS_ENDPOINT_URL leads to, removes or changes headers: check it, then retry.',
        action: { kind: 'showLog' },
      },
    ],
  },
  accountInactive: {
    hidesSubject: true,
    getTitle: () => 'AWS does not serve this account',
    getCauses: ({ message }) => [
      {
        text: `${quoteAnswer(message)} The account is not fully set up, or it is suspended: see its console, then retry.`,
        action: { kind: 'showLog' },
      },
    ],
  },
} satisfies Record<string, ErrorKindTexts>;

const isWrongSignature = (errorName = ''): boolean =>
  /^(InvalidSignatureException|SignatureDoesNotMatch)$/.test(errorName);

const wrongSecret: Cause = {
  text: 'The secret does not belong to the access key: correct it in the AWS files or the environment, then retry.',
  action: signInAction,
};

const deletedKey: Cause = {
  text: 'The access key was deleted or deactivated: use another key, or sign in again. Then retry.',
  action: signInAction,
};

const endedSession: Cause = {
  text: 'The session was ended, or its access key was deleted or deactivated: sign in again, then retry.',
  action: signInAction,
};

function getRejectionCause(details: ErrorDetails): Cause {
  if (isWrongSignature(details.errorName))
    return renewVariable('The secret does not belong to the access key. ', details) ?? wrongSecret;
  if (details.hasSessionToken)
    return (
      renewVariable('The session was ended, or its access key was deleted or deactivated. ', details) ?? endedSession
    );
  return renewVariable('The access key was deleted or deactivated. ', details) ?? deletedKey;
}

/** A sign-in changes nothing for credentials of the environment, which VS Code reads only when it starts. */
function renewVariable(cause: string, { origin }: ErrorDetails): Cause | undefined {
  if (origin?.kind !== 'environment') return undefined;
  const text = `${cause}Renew the credentials in the environment (${origin.variable}), and restart VS Code.`;
  return { text, action: signInAction };
}

const keyOfOtherPartition: Cause = {
  text: 'Or the key belongs to another partition of AWS, such as China or GovCloud, where only its own keys work. Choose regions of its partition.',
  action: regionsAction,
};

/** Whether the keys of most accounts are unknown in a region. Keys that were accepted before are from its partition. */
const isOtherPartition = ({ region, account, errorName }: ErrorDetails): boolean =>
  account === undefined &&
  !isWrongSignature(errorName) &&
  /^(?:cn|us-gov|us-iso\w*|eu-iso\w*|eusc)-/.test(region ?? '');

const formatRegion = (region: string | undefined): string =>
  region === undefined ? 'this region' : `the region ${region}`;

const globalSession: Cause = {
  text: 'Or the session comes from the global STS endpoint, which such regions do not accept: set sts_regional_endpoints = regional in the profile, and sign in again.',
  action: signInAction,
};

function getClockTitle(minutes: number | undefined): string {
  if (minutes === undefined) return 'This computer’s clock is wrong';
  return `This computer’s clock is about ${formatMinutes(Math.abs(minutes))} ${minutes > 0 ? 'ahead' : 'behind'}`;
}

/** In minutes, or in the largest unit of which there are at least two. */
function formatMinutes(minutes: number): string {
  for (const [unit, size] of [
    ['day', 1440],
    ['hour', 60],
  ] as const) {
    if (minutes >= 2 * size) return `${Math.round(minutes / size)} ${unit}s`;
  }
  return `${minutes} minute${minutes === 1 ? '' : 's'}`;
}
