import { isClockSkewError } from '@smithy/core/retry';
import { getHeader, type SdkError } from './sdkError.ts';

/** Milliseconds. Most services accept signatures that are at most this old or early. */
const tolerance = 5 * 60_000;

const signatureTimes =
  /Signature (?:expired|not yet current): (\d{8}T\d{6}Z) is (?:now earlier|still later) than (\d{8}T\d{6}Z)(?: \((\d{8}T\d{6}Z) )?/;

/**
 * Whether AWS rejects the time of a request. The SDK counts further errors that a wrong clock may cause, such as any
 * denial; these need words about the time.
 */
export const isClockError = (error: SdkError): boolean =>
  isClockSkewError(error) &&
  (/^Request(Expired|InTheFuture|TimeTooSkewed)$/.test(error.name) ||
    /Signature expired|Signature not yet current/.test(error.message));

/** Minutes that this computer's clock is ahead of AWS, negative if it is behind; undefined if unknown. */
export function getClockSkewMinutes(error: SdkError): number | undefined {
  const milliseconds = parseSignatureTimes(error.message) ?? compareServerTime(error);
  // Without the minus sign of zero.
  return milliseconds === undefined ? undefined : Math.round(milliseconds / 60_000) || 0;
}

/** The message names the time of the signature, the earliest or latest time that is accepted, and usually that of AWS. */
function parseSignatureTimes(message: string): number | undefined {
  const [, signed = '', limit = '', now] = signatureTimes.exec(message) ?? [];
  if (now !== undefined) return parseBasicTime(signed) - parseBasicTime(now);
  const difference = parseBasicTime(signed) - parseBasicTime(limit);
  if (Number.isNaN(difference)) return undefined;
  return difference < 0 ? difference - tolerance : difference + tolerance;
}

/** Parses a time such as `20250101T000000Z`. */
const parseBasicTime = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

function compareServerTime(error: SdkError): number | undefined {
  const serverTime = error.ServerTime ?? getHeader(error, 'date');
  const time = serverTime === undefined ? Number.NaN : new Date(String(serverTime)).getTime();
  return Number.isNaN(time) ? undefined : Date.now() - time;
}
