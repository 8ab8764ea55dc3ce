import { CredentialsProviderError } from '@smithy/core/config';

/** Node's codes for connections that could not be established. */
const networkCode = /\bE(?:CONN\w+|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH)\b/;

/**
 * Replaces errors of credential providers by ones that are safe and useful to show. Providers quote the output of
 * processes, which may contain secrets, and wrap the errors of the services that they call.
 */
export function sanitizeProviderError(thrown: unknown, profile: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { message } = thrown;
  const createError = (text: string) => new CredentialsProviderError(text, { tryNextLink: false });
  if (/^Command failed/.test(message)) {
    return createError(`The credential_process of profile “${profile}” failed: run it in a terminal to see why.`);
  }
  if (/MultiFactorAuthentication failed/.test(message)) {
    return createError(
      `The MFA code for profile “${profile}” was not accepted. Retry or sign in to enter another one.`,
    );
  }
  if (!(thrown instanceof CredentialsProviderError)) return thrown;
  if (/^UnauthorizedException|Cannot refresh/.test(message)) {
    return createError(`The SSO session of profile “${profile}” has expired.`);
  }
  if (/^ForbiddenException/.test(message)) {
    const text = `Profile “${profile}” is not authorized to perform: sso:GetRoleCredentials (${message})`;
    return Object.assign(new Error(text), { name: 'AccessDenied' });
  }
  const code = networkCode.exec(message)?.[0];
  return code ? Object.assign(new Error(message), { code }) : thrown;
}
