import type { SdkError as BaseError } from '@smithy/types';
import { redact } from '../../compliance/redaction.ts';

/** What the SDK throws. All members beyond those of `Error` are optional, so any error is one. */
export type SdkError = BaseError & {
  readonly code?: string;
  /** The time of the service, with errors about the time of a request. */
  readonly ServerTime?: unknown;
};

/** Any error is an `SdkError`, because its further members are optional. Other thrown values become the message of one. */
export function toSdkError(thrown: unknown): SdkError {
  if (isSdkError(thrown)) return thrown;
  const { name, message } = new Error(String(thrown));
  return { name, message };
}

const isSdkError = (thrown: unknown): thrown is SdkError => thrown instanceof Error;

/** Names that the SDK gives to errors without one. */
const genericNames: ReadonlySet<string> = new Set(['Error', 'SyntaxError', 'TypeError', 'Unknown', 'UnknownError']);

/** The service's name of the error; undefined if it gave none. */
export const getServiceName = ({ name }: SdkError): string | undefined =>
  genericNames.has(name) || !/^[\w.-]{1,100}$/.test(name) ? undefined : name;

export const getStatus = ({ $metadata }: SdkError): number | undefined => $metadata?.httpStatusCode;

/** Whether the SDK could not parse the body of the response. */
export const isUnparsable = (error: SdkError): boolean =>
  error instanceof SyntaxError || error.message.startsWith('@aws-sdk XML parse error');

/** Whether the service sent an error without a message. */
export const hasNoMessage = ({ name, message }: SdkError): boolean =>
  message === '' || message === name || /^Unknown(Error)?$/.test(message);

export const getHeader = ({ $response }: SdkError, name: string): string | undefined => $response?.headers?.[name];

/** Whether a response has headers that only AWS sends; undefined if the headers are unknown. */
export function hasAwsHeaders({ $metadata, $response }: SdkError): boolean | undefined {
  if ($metadata?.requestId !== undefined) return true;
  return $response?.headers && Object.keys($response.headers).some((name) => name.startsWith('x-amz'));
}

/** AWS Config answers in JSON and STS in XML. Only the SDK's message tells what the body of a failed parse was. */
export const isHtml = (error: SdkError): boolean =>
  getHeader(error, 'content-type')?.startsWith('text/html') === true ||
  (error instanceof SyntaxError && /^Unexpected token '<', "\s*<(?:!doctype )?html\b/i.test(error.message));

/** Formats the message of the service, or describes a response without a message. */
export function formatMessage(error: SdkError): string {
  // Node tries all addresses of a host, and puts no message on their common error.
  if (error instanceof AggregateError && error.message === '')
    return redactText(error.errors.map((each) => toSdkError(each).message).join('; '));
  const status = getStatus(error);
  const http = status === undefined ? '' : ` (HTTP ${status})`;
  if (isUnparsable(error)) return `The response could not be parsed${http}${formatServer(error)}.`;
  if (hasNoMessage(error) && status !== undefined) {
    const name = getServiceName(error);
    return `The response has ${name === undefined ? 'neither an error name nor a message' : `the error ${name} without a message`}${http}${formatServer(error)}.`;
  }
  // The SDK appends a hint for developers about the raw response.
  const [message = ''] = error.message.split('Deserialization error: to see the raw response', 1);
  return redactText(message.trimEnd() || error.name);
}

/** Names the software that answered, where it does not seem to be AWS. */
function formatServer(error: SdkError): string {
  const server = getHeader(error, 'via') ?? getHeader(error, 'server');
  return server === undefined || hasAwsHeaders(error) ? '' : `, from ${redactText(server.slice(0, 80))}`;
}

/** Formats what was thrown for the log: its name, message and request id. */
export function formatErrorForLog(thrown: unknown): string {
  const { name, message, $metadata } = toSdkError(thrown);
  return redactText(`${name}: ${message}${$metadata?.requestId ? ` (request ${$metadata.requestId})` : ''}`);
}

/** Messages of services repeat parts of the signed request, and those of proxies may contain the login. */
export const redactText = (text: string): string => redact(text, process.env);
