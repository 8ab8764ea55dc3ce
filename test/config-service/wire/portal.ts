import type { Context } from '../runOperation.ts';
import { ApiError } from '../errors.ts';
import type { CallName } from '../faults.ts';
import type { SignInCall } from '../signIn.ts';
import type { Answer } from './response.ts';
import type { SignedRequest } from './signature.ts';

/** Where SSO's portal gives out credentials, and SSO OIDC renews its tokens. Neither is signed. */
export const portalPaths: Readonly<Record<string, SignInCall>> = {
  '/federation/credentials': 'GetRoleCredentials',
  '/token': 'CreateToken',
};

/** GetRoleCredentials or CreateToken, in AWS's REST JSON. */
export function portalAnswer(context: Context, name: CallName, request: SignedRequest): Answer {
  const { searchParams } = new URL(request.path, 'http://portal');
  const account = searchParams.get('account_id') ?? '';
  context.faults.refuse(name, { account, region: '' });
  if (name === 'CreateToken') return json(200, newToken(context, JSON.parse(request.body)));
  if (!context.sessions.isSignedIn(String(request.headers['x-amz-sso_bearer_token']))) {
    throw new ApiError('UnauthorizedException', 'Session token not found or invalid');
  }
  if (!context.estate.accounts.includes(account)) throw new ApiError('ForbiddenException', 'No access');
  const session = context.sessions.open(account, searchParams.get('role_name') ?? '', 'sso-user', 3600);
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session;
  return json(200, {
    roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt.getTime() },
  });
}

function newToken({ sessions }: Context, input: Readonly<Record<string, string>>): object {
  const signIn = input.grantType === 'refresh_token' ? sessions.renew(input) : undefined;
  if (!signIn) throw new ApiError('InvalidGrantException', 'The refresh token is not valid');
  const { accessToken, refreshToken } = signIn;
  return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: 8 * 3600 };
}

const statuses: Readonly<Record<string, number>> = { UnauthorizedException: 401, ForbiddenException: 403 };

export function portalError({ name, message }: ApiError): Answer {
  const answer = json(statuses[name] ?? 400, { message });
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': name } };
}

const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
