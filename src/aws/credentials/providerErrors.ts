import { CredentialsProviderError } from '@smithy/core/config';

/** Node's codes for connections that do not come about. */
const networkCode = /\bE(?:CONN\w+|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH)\b/;

/**
 * What a credential provider threw, as it may be shown. Providers put into their own words what a process has written,
 * which may hold secrets, and the errors of the services that they ask.
 */
export function plainError(thrown: unknown, profile: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { message } = thrown;
  const failure = (words: string) => new CredentialsProviderError(words, { tryNextLink: false });
  if (/^Command failed/.test(message)) {
    return failure(`The credential_process of profile “${profile}” failed: run it in a terminal to see why.`);
  }
  if (/MultiFactorAuthentication failed/.test(message)) {
    return failure(`The MFA code for profile “${profile}” was not accepted: Retry or Sign In asks for it again.`);
  }
  if (!(thrown instanceof CredentialsProviderError)) return thrown;
  if (/^UnauthorizedException|Cannot refresh/.test(message)) {
    return failure(`The SSO session of profile “${profile}” has expired.`);
  }
  if (/^ForbiddenException/.test(message)) {
    const words = `Profile “${profile}” is not authorized to perform: sso:GetRoleCredentials (${message})`;
    return Object.assign(new Error(words), { name: 'AccessDenied' });
  }
  const code = networkCode.exec(message)?.[0];
  return code ? Object.assign(new Error(message), { code }) : thrown;
}
