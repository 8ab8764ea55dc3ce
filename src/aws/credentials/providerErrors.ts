import { CredentialsProviderError } from '@smithy/core/config';
import { failureMessage, timeoutMessage } from './credentialProcess.ts';
import type { SignInFailure, SignInRequest } from './signInHandler.ts';

/** The evidence that an error of a provider carries. The providers are a separate bundle, so classes are not shared. */
export interface ProviderEvidence {
  /** The request that failed. */
  readonly signInRequest?: SignInRequest;
  /** Why there are no credentials although nothing was sent. */
  readonly processFailure?: 'processTimedOut' | 'processFailed';
}

/**
 * Replaces errors of credential providers by errors that are safe and useful to show. Providers quote the output of
 * processes, which may contain secrets, and drop the details of service errors.
 */
export function sanitizeProviderError(thrown: unknown, profile: string, failure: SignInFailure | undefined): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { message } = thrown;
  const createError = (text: string) => new CredentialsProviderError(text, { tryNextLink: false });
  const processError = toProcessError(message);
  if (processError) return processError;
  if (/MultiFactorAuthentication failed/.test(message)) {
    return createError(
      `The MFA code for profile “${profile}” was not accepted. Retry or sign in to enter another one.`,
    );
  }
  if (failure && isServiceFailure(failure))
    return addEvidence(restoreError(thrown, failure), { signInRequest: failure.request });
  if (!(thrown instanceof CredentialsProviderError)) {
    return failure ? addEvidence(thrown, { signInRequest: failure.request }) : thrown;
  }
  if (/^(?:Invalid time value|Cannot read properties of)/.test(message)) {
    return createError(`The file with the SSO session of profile “${profile}” cannot be read.`);
  }
  if (message.startsWith('SSO returns an invalid temporary credential')) {
    const request = { operation: 'GetRoleCredentials', service: 'sso' };
    return addEvidence(new SyntaxError(message), { signInRequest: request });
  }
  if (/^UnauthorizedException|Cannot refresh/.test(message)) {
    return createError(`The SSO session of profile “${profile}” has expired.`);
  }
  if (/^ForbiddenException/.test(message)) {
    const text = `Profile “${profile}” is not authorized to perform: sso:GetRoleCredentials (${message})`;
    return Object.assign(new Error(text), { name: 'AccessDenied' });
  }
  return thrown;
}

/** Adds evidence to an error, which keeps its class: the SDK's own tests for errors need it. */
const addEvidence = (error: unknown, evidence: ProviderEvidence): unknown =>
  error instanceof Error ? Object.assign(error, evidence) : error;

/** The SDK's messages about the output of a process. */
const outputMessage = /credential_process (?:did not return Version 1|returned invalid (?:JSON|credentials))\.$/;

/** The errors of `runProcess`, and those of the SDK about the output of a process. */
function toProcessError(message: string): Error | undefined {
  const isTimeout = message.startsWith(timeoutMessage);
  if (!isTimeout && !message.startsWith(failureMessage) && !outputMessage.test(message)) return undefined;
  return Object.assign(new Error(message), {
    processFailure: isTimeout ? 'processTimedOut' : 'processFailed',
  } satisfies ProviderEvidence);
}

/** Whether nothing or something else than the service answered, or the service failed. Other errors are about the session or the role. */
function isServiceFailure({ request, outcome }: SignInFailure): boolean {
  if ('error' in outcome) return true;
  const { status, headers } = outcome;
  if (status === 429 || status >= 500 || headers['content-type']?.startsWith('text/html')) return true;
  // A web filter may answer with any status. Only AWS sends these headers.
  if (!Object.keys(headers).some((name) => name.startsWith('x-amz'))) return true;
  return request.operation === 'GetRoleCredentials' && status !== 401 && status !== 403;
}

/** The error as the service or the network reported it. */
function restoreError(thrown: Error, { outcome }: SignInFailure): unknown {
  if ('error' in outcome) return outcome.error;
  // Errors of STS are complete.
  if ('$metadata' in thrown) return thrown;
  const { status, headers } = outcome;
  const [name] = (headers['x-amzn-errortype'] ?? '').split(':', 1);
  const prefix = `${name}: `;
  // Other messages are those of the provider, which draws conclusions from the failure.
  const message = name && thrown.message.startsWith(prefix) ? thrown.message.slice(prefix.length) : '';
  return Object.assign(new Error(message), {
    name: name || 'UnknownError',
    $metadata: { httpStatusCode: status, requestId: headers['x-amzn-requestid'], attempts: 1 },
    $response: { statusCode: status, headers },
  });
}
