import { type Caller, getCallerIdentity } from '../identities.ts';
import type { ApiError } from '../errors.ts';
import type { Session } from '../sessions.ts';
import type { Answer } from './response.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** The names STS gives to what AWS Config calls otherwise. */
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

/** GetCallerIdentity in the AWS Query protocol. */
export function callerIdentityAnswer(caller: Caller, requestId: string): Answer {
  const { Account, Arn, UserId } = getCallerIdentity(caller);
  return xml(
    200,
    `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult><Arn>${Arn}</Arn><UserId>${UserId}</UserId><Account>${Account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  );
}

/** AssumeRole, likewise. */
export function assumedRoleAnswer(session: Session, requestId: string): Answer {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, account, role, name } = session;
  const { Arn, UserId } = getCallerIdentity({ account, role, session: name });
  return xml(
    200,
    `<AssumeRoleResponse xmlns="${namespace}"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>${UserId}</AssumedRoleId><Arn>${Arn}</Arn></AssumedRoleUser><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expiresAt.toISOString()}</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></AssumeRoleResponse>`,
  );
}

export function stsError(error: ApiError, requestId: string): Answer {
  const code = stsNames[error.name] ?? error.name;
  return xml(
    code === 'Throttling' ? 400 : 403,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, body: string): Answer {
  return { status, headers: { 'Content-Type': 'text/xml' }, body };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
