import type { ErrorKind } from '../../compliance/errors.ts';
import { getServiceName, getStatus, hasAwsHeaders, isHtml, isUnparsable, type SdkError } from './sdkError.ts';

/** Kinds of network errors, by the error's code, name or message. */
const patterns: readonly (readonly [ErrorKind, RegExp])[] = [
  ['proxyFailed', /^Failed to establish a socket connection to proxies|^Proxy connection/],
  ['certificateExpired', /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/],
  ['certificateForOtherHost', /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/],
  ['certificateRejected', /^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT|INVALID_(CA|PURPOSE)$|PATH_LENGTH)/],
  ['tlsFailed', /^(EPROTO$|ERR_SSL_)/],
  ['hostNotFound', /^(ENOTFOUND|EAI_AGAIN)$/],
  ['timedOut', /^ETIMEDOUT$/],
  ['connectionLost', /^E(CONNRESET|CONNABORTED|NETRESET|PIPE)$|^(socket hang up|aborted)$/],
  ['connectionFailed', /^E(CONN|NET|HOST|ADDRNOTAVAIL)/],
  ['intermediary', /^HPE_/],
  // The SDK also gives this name to connections that were reset. Their code, above, tells more.
  ['timedOut', /^TimeoutError$/],
];

/** The kind of an error on the way to AWS; undefined if AWS answered, or if nothing tells who did. */
export function classifyRoute(error: SdkError): ErrorKind | undefined {
  const { code = '', name, message } = error;
  // Only proxies respond with status 407.
  if (getStatus(error) === 407) return 'proxyFailed';
  const found = patterns.find(([, pattern]) => [code, name, message].some((text) => pattern.test(text)));
  if (found) return found[0];
  return isAnsweredByOther(error) ? 'intermediary' : undefined;
}

/**
 * Whether a captive portal, a web filter or another service answered. Load balancers of AWS may send failures of the
 * service as HTML too, and without the headers of AWS.
 */
function isAnsweredByOther(error: SdkError): boolean {
  const status = getStatus(error);
  if (status === undefined || status === 429) return false;
  if (status === 511) return true;
  if (status >= 500) return false;
  if (isHtml(error)) return true;
  return hasAwsHeaders(error) === false && (isUnparsable(error) || getServiceName(error) === undefined);
}

/** Host and port of the proxy that a message names, without its login. */
export const getProxy = (message: string): string | undefined =>
  /\bPROX(?:Y|IES): (?:\w+ |\w+:\/\/)?(?:\S*@)?([\w.:[\]-]+)/i.exec(message)?.[1];
