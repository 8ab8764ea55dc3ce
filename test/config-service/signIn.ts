import { type Caller, getCallerIdentity } from './identities.ts';
import type { Context } from './runOperation.ts';
import { ApiError } from './errors.ts';
import type { Session } from './sessions.ts';

const signInCalls = ['GetCallerIdentity', 'AssumeRole', 'GetRoleCredentials', 'CreateToken'] as const;

/** What a client calls to have credentials, or to know whose they are. */
export type SignInCall = (typeof signInCalls)[number];

export const isSignInCall = (name: string): name is SignInCall => signInCalls.some((call) => call === name);

/** The code that every MFA device shows here. */
export const mfaCode = '246810';

/** Roles of this ending demand a code. */
const demandsMfa = /WithMfa$/;

/** AssumeRole: any role of an account that exists, by anybody. */
export function assumeRole({ estate, sessions }: Context, caller: Caller, input: URLSearchParams): Session {
  const arn = input.get('RoleArn') ?? '';
  const [, account = '', role = ''] = /^arn:aws:iam::(\d{12}):role\/([\w+=,.@-]+)$/.exec(arn) ?? [];
  const name = input.get('RoleSessionName');
  if (!role || !name) throw new ApiError('ValidationError', `${arn} with the session ${name} is no role to assume`);
  const code = input.get('TokenCode');
  if (code !== null && (code !== mfaCode || !input.get('SerialNumber'))) {
    throw new ApiError(
      'AccessDeniedException',
      'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    );
  }
  if (!estate.accounts.includes(account) || (demandsMfa.test(role) && code === null)) {
    throw new ApiError(
      'AccessDeniedException',
      `User: ${getCallerIdentity(caller).Arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
  }
  return sessions.open(account, role, name, Number(input.get('DurationSeconds') ?? 3600));
}
