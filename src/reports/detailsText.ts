import { describeError } from '../compliance/text/errorMessages.ts';
import { formatScore } from '../compliance/text/score.ts';
import { formatIsoTimeOrNull } from '../compliance/text/time.ts';
import type { LabeledValue } from './metadata.ts';
import type { PackDetails, ReportRule } from './report.ts';

/** The facts about a pack other than its rules. `formatTime` formats epoch milliseconds. */
export function describeDetails(
  { score, totalFailures, note, readAt, failures }: PackDetails,
  formatTime: (time: number | undefined) => string | null = formatIsoTimeOrNull,
): LabeledValue[] {
  return [
    ...(score === undefined ? [] : [['Published score', formatScore(score)] as const]),
    ...(score === undefined ? [] : [['Score computed', formatTime(score.updatedAt) ?? 'unknown'] as const]),
    ['Rules read', formatTime(readAt) ?? 'unknown'],
    ...(totalFailures === undefined ? [] : [['Failing results', String(totalFailures)] as const]),
    ...(note === undefined ? [] : [['Note', note] as const]),
    ...failures.map((failure): LabeledValue => ['Could not be read', describeError(failure).fullText]),
  ];
}

/** Formats `3`, or `25 or more` and `some` where AWS Config counts no further. */
export function formatFailing({ failing, hasMoreFailing }: Pick<ReportRule, 'failing' | 'hasMoreFailing'>): string {
  if (!hasMoreFailing) return String(failing);
  return failing === 0 ? 'some' : `${failing} or more`;
}
