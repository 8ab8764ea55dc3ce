import { ApiError } from '../errors.ts';
import type { CallName } from '../faults.ts';
import type { ServiceContext } from '../runOperation.ts';
import type { SignInCall } from '../signIn.ts';
import type { HttpResponse } from './response.ts';
import type { HttpRequest } from './signature.ts';

/** The paths of the SSO portal for credentials and of SSO OIDC for tokens. Requests to them are not signed. */
export const portalPaths: Readonly<Record<string, SignInCall>> = {
  '/federation/credentials': 'GetRoleCredentials',
  '/token': 'CreateToken',
};

/** Handles GetRoleCredentials or CreateToken in AWS REST JSON. */
export function createPortalResponse(context: ServiceContext, name: CallName, request: HttpRequest): HttpResponse {
  const { searchParams } = new URL(request.path, 'http://portal');
  const account = searchParams.get('account_id') ?? '';
  context.faults.throwRefusal(name, { account, region: '' });
  if (name === 'CreateToken') return json(200, createToken(context, JSON.parse(request.body)));
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

function createToken({ sessions }: ServiceContext, input: Readonly<Record<string, string>>): object {
  const signIn = input.grantType === 'refresh_token' ? sessions.renew(input) : undefined;
  if (!signIn) throw new ApiError('InvalidGrantException', 'The refresh token is not valid');
  const { accessToken, refreshToken } = signIn;
  return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: 8 * 3600 };
}

const statuses: Readonly<Record<string, number>> = { UnauthorizedException: 401, ForbiddenException: 403 };

export function createPortalError({ name, message, status = statuses[name] ?? 400 }: ApiError): HttpResponse {
  const response = json(status, message ? { message } : {});
  return { ...response, headers: { ...response.headers, 'x-amzn-errortype': name } };
}

const json = (status: number, body: object): HttpResponse => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
