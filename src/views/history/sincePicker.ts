import type * as vscode from 'vscode';
import { getBaselineEnd, type Since } from '../../compliance/history/earlierTimes.ts';
import type { StoredVisit } from '../../compliance/history/historyStorage.ts';
import { parseSince, validateSince } from '../../compliance/history/parseSince.ts';
import { formatLocalTime } from '../../compliance/text/time.ts';
import { promptForInput, showInformation } from '../shared/messages.ts';
import { pickItem } from '../shared/quickPicks.ts';

interface SinceItem extends vscode.QuickPickItem {
  readonly since: Since | 'date';
}

/** Lets the user pick a time that there are earlier readings of; undefined if there are none or the user cancels. */
export async function chooseSince(
  visits: readonly StoredVisit[],
  now: number,
  startedAt: number,
): Promise<Since | undefined> {
  const readings = visits.filter(({ isGap }) => !isGap).map(({ readAt }) => readAt);
  const findLatest = (until: number | undefined) =>
    readings.reduce<number | undefined>(
      (latest, time) => (until !== undefined && time <= until && time > (latest ?? 0) ? time : latest),
      undefined,
    );
  const toItem = (label: string, since: 'lastVisit' | 'yesterday' | 'week'): SinceItem[] => {
    const readAt = findLatest(getBaselineEnd(since, visits, now, startedAt));
    return readAt === undefined ? [] : [{ label, since, description: `read ${formatLocalTime(readAt)}` }];
  };
  const earliest = readings.reduce((earlier, time) => Math.min(earlier, time), Number.POSITIVE_INFINITY);
  const items = [
    ...toItem('Last visit', 'lastVisit'),
    ...toItem('Yesterday', 'yesterday'),
    ...toItem('A week ago', 'week'),
  ];
  if (items.length === 0 && earliest >= startedAt) {
    void showInformation(
      'Nothing to compare with yet: Packscope stores what it reads from now on. Changes can be shown from the next visit on.',
    );
    return undefined;
  }
  const date: SinceItem = {
    label: 'A date…',
    since: 'date',
    description: `first reading ${formatLocalTime(earliest)}`,
  };
  const picked = await pickItem([...items, date], { title: 'Show Changes', placeHolder: 'Compare with' });
  return picked?.since === 'date' ? promptForDate() : picked?.since;
}

async function promptForDate(): Promise<Since | undefined> {
  const text = await promptForInput({
    title: 'Show Changes',
    prompt: 'Compare with the last reading until the end of this day',
    placeHolder: '2026-11-18',
    validateInput: validateSince,
  });
  return text === undefined ? undefined : parseSince(text);
}

/** Formats what is compared with, such as `the last visit`. */
export function describeSince(since: Since): string {
  switch (since) {
    case 'lastVisit':
      return 'the last visit';
    case 'yesterday':
      return 'yesterday';
    case 'week':
      return 'a week ago';
    default:
      return formatLocalTime(since.getTime());
  }
}
