import type { Cause, ErrorKindTexts } from './errorKind.ts';

const signInAction = { kind: 'signIn' } as const;

const regionsAction = { kind: 'openSetting', setting: 'packscope.connections' } as const;

/** AWS refuses the credentials themselves. */
export const rejections = {
  expired: {
    hidesSubject: true,
    getTitle: ({ profile }) =>
      profile === undefined ? 'Your AWS session has expired' : `Your session for profile “${profile}” has expired`,
    getCauses: () => [{ text: 'Sign in again (aws sso login), then retry.', action: signInAction }],
  },
  credentialsRejected: {
    hidesSubject: true,
    getTitle: ({ details: { account } }) =>
      account === undefined ? 'AWS rejected these credentials' : 'AWS no longer accepts these credentials',
    getCauses: ({ details }) => [
      isWrongSignature(details.errorName) ? wrongSecret : details.hasSessionToken ? endedSession : deletedKey,
    ],
  },
  credentialsOrRegionRejected: {
    hidesSubject: true,
    getTitle: () => 'Invalid credentials or disabled region',
    getCauses: ({ details: { hasSessionToken, region } }) => [
      hasSessionToken ? endedSession : deletedKey,
      {
        text: `Or the region ${region ?? ''} is not enabled for this account: enable it, or choose other regions.`,
        action: regionsAction,
      },
    ],
  },
  regionDisabled: {
    hidesSubject: true,
    getTitle: ({ details: { region, hasSessionToken } }) =>
      `The region ${region ?? ''} is not enabled${hasSessionToken ? ' or rejects this session' : ''}`,
    getCauses: ({ details: { account, hasSessionToken } }) => [
      {
        text: `Enable it for account ${account ?? ''}, or choose other regions in the setting packscope.connections.`,
        action: regionsAction,
      },
      ...(hasSessionToken === false ? [] : [globalSession]),
    ],
  },
  clockWrong: {
    hidesSubject: true,
    getTitle: ({ details: { clockSkewMinutes } }) => getClockTitle(clockSkewMinutes),
    getCauses: () => [{ text: 'Set it, best automatically by the operating system, then retry.' }],
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

const globalSession: Cause = {
  text: 'Or the session comes from the global STS endpoint, which such regions do not accept: set sts_regional_endpoints = regional in the profile, and sign in again.',
  action: signInAction,
};

function getClockTitle(minutes: number | undefined): string {
  if (minutes === undefined) return 'This computer’s clock is wrong';
  const count = Math.abs(minutes);
  return `This computer’s clock is about ${count} minute${count === 1 ? '' : 's'} ${minutes > 0 ? 'ahead' : 'behind'}`;
}
