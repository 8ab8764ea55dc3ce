import type { RemediationException } from '../resourceModel.ts';
import { formatIsoTime } from './time.ts';

/** What people read about an exception. */
export type ExceptionFacts = Partial<Pick<RemediationException, 'message' | 'expiresAt'>>;

/** Formats an exception, such as `Exception until 2026-04-15: Accepted until the migration ends`. */
export function formatException({ message, expiresAt }: ExceptionFacts): string {
  const time = expiresAt === undefined ? '' : ` until ${formatIsoTime(expiresAt).slice(0, 10)}`;
  return `Exception${time}${message ? `: ${message}` : ''}`;
}

/** AWS counts excepted resources as failing, and so does Packscope. */
export const exceptionNote = 'Excepted from remediation, but still counted as failing.';
