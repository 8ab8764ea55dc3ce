import type { ApiError } from '../errors.ts';
import { type Caller, getCallerIdentity } from '../identities.ts';
import type { Session } from '../sessions.ts';
import type { SignInCall } from '../signIn.ts';
import type { HttpResponse } from './response.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** STS's names of errors that have other names in AWS Config. */
const stsNames: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  ExpiredTokenException: 'ExpiredToken',
  IncompleteSignatureException: 'IncompleteSignature',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  ThrottlingException: 'Throttling',
  UnknownOperationException: 'InvalidAction',
  UnrecognizedClientException: 'InvalidClientTokenId',
};

/** Creates the response of GetCallerIdentity in the AWS Query protocol. */
export function createCallerIdentityResponse(caller: Caller, requestId: string): HttpResponse {
  const { Account, Arn, UserId } = getCallerIdentity(caller);
  return createXmlResponse(
    200,
    `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult><Arn>${Arn}</Arn><UserId>${UserId}</UserId><Account>${Account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  );
}

/** Creates the response of AssumeRole or AssumeRoleWithWebIdentity in the AWS Query protocol. */
export function createAssumeRoleResponse(call: SignInCall, session: Session, requestId: string): HttpResponse {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, account, role, name } = session;
  const { Arn, UserId } = getCallerIdentity({ account, role, session: name });
  return createXmlResponse(
    200,
    `<${call}Response xmlns="${namespace}"><${call}Result><AssumedRoleUser><AssumedRoleId>${UserId}</AssumedRoleId><Arn>${Arn}</Arn></AssumedRoleUser><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expiresAt.toISOString()}</Expiration></Credentials></${call}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${call}Response>`,
  );
}

export function createStsError(error: ApiError, requestId: string): HttpResponse {
  const code = stsNames[error.name] ?? error.name;
  return createXmlResponse(
    error.status ?? (code === 'Throttling' ? 400 : 403),
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
}

function createXmlResponse(status: number, body: string): HttpResponse {
  return { status, headers: { 'Content-Type': 'text/xml' }, body };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
