import { ApiError } from './errors.ts';
import { type Caller, getCallerIdentity } from './identities.ts';
import type { ServiceContext } from './runOperation.ts';
import type { Session } from './sessions.ts';

const signInCalls = [
  'GetCallerIdentity',
  'AssumeRole',
  'AssumeRoleWithWebIdentity',
  'GetRoleCredentials',
  'CreateToken',
] as const;

/** The calls with which a client gets credentials or its identity. */
export type SignInCall = (typeof signInCalls)[number];

export const isSignInCall = (name: string): name is SignInCall => signInCalls.some((call) => call === name);

/** The only valid code of every MFA device. */
export const mfaCode = '246810';

/** Roles with such a name require an MFA code. */
const mfaRolePattern = /WithMfa$/;

/** AssumeRole: every caller may assume any role of an existing account. */
export function assumeRole({ estate, sessions }: ServiceContext, caller: Caller, input: URLSearchParams): Session {
  const { arn, account, role, name, seconds } = parseRole(input);
  const code = input.get('TokenCode');
  if (code !== null && (code !== mfaCode || !input.get('SerialNumber'))) {
    throw new ApiError(
      'AccessDeniedException',
      'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    );
  }
  if (!estate.accounts.includes(account) || (mfaRolePattern.test(role) && code === null)) {
    throw new ApiError(
      'AccessDeniedException',
      `User: ${getCallerIdentity(caller).Arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
  }
  return sessions.open(account, role, name, seconds);
}

/** AssumeRoleWithWebIdentity: any token gives any role of an existing account. Requests are not signed. */
export function assumeRoleWithWebIdentity(
  { estate, faults, sessions }: ServiceContext,
  input: URLSearchParams,
): Session {
  const { account, role, name, seconds } = parseRole(input);
  faults.throwRefusal('AssumeRoleWithWebIdentity', { account, region: '' });
  if (!input.get('WebIdentityToken') || !estate.accounts.includes(account)) {
    throw new ApiError('InvalidIdentityToken', 'The ID Token provided is not a valid JWT.', 400);
  }
  return sessions.open(account, role, name, seconds);
}

function parseRole(input: URLSearchParams) {
  const arn = input.get('RoleArn') ?? '';
  const [, account = '', role = ''] = /^arn:aws:iam::(\d{12}):role\/([\w+=,.@-]+)$/.exec(arn) ?? [];
  const name = input.get('RoleSessionName');
  if (!role || !name)
    throw new ApiError('ValidationError', `${arn} with the session ${name} is not a valid role to assume`);
  return { arn, account, role, name, seconds: Number(input.get('DurationSeconds') ?? 3600) };
}
