import { failureInWords } from './failureWords.ts';
import type { Unread } from './lookup.ts';
import { connectionLabel } from './source.ts';

/** Throws where something could not be read: part of an answer must not pass for all of it. */
export function refuseUnread(unread: readonly Unread[]): void {
  if (unread.length > 0) throw new Error(unread.map(unreadInWords).join(' '));
}

/** What could not be read, through which connection, why, and what a person can do about it. */
export function unreadInWords({ connection, what, error }: Unread): string {
  const through = [connectionLabel(connection), connection.region].filter(Boolean).join(', ');
  return `Could not read ${what} (${through}): ${failureInWords(error)}`;
}
