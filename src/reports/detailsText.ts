import type { Score } from '../compliance/model.ts';
import { describeError } from '../compliance/text/errorMessages.ts';
import { formatPercent, formatScore, isComputed } from '../compliance/text/score.ts';
import type { LabeledValue } from './metadata.ts';
import type { PackDetails, Report, ReportRule } from './report.ts';
import { formatTimeWithAge, formatUtcTimeOrUnknown } from './times.ts';

/** The facts about a pack other than its rules. */
export function describeDetails(
  { score, totalFailures, note, readAt, failures }: PackDetails,
  report: Pick<Report, 'readAt' | 'scoreTarget'>,
): LabeledValue[] {
  return [
    ...(score === undefined ? [] : describeScore(score, report)),
    ['Rules read', formatUtcTimeOrUnknown(readAt)],
    ...(totalFailures === undefined ? [] : [['Failing results', String(totalFailures)] as const]),
    ...(note === undefined ? [] : [['Note', note] as const]),
    ...failures.map((failure): LabeledValue => ['Could not be read', describeError(failure).fullText]),
  ];
}

const describeScore = (
  score: Score,
  { readAt, scoreTarget }: Pick<Report, 'readAt' | 'scoreTarget'>,
): LabeledValue[] => [
  ['Published score', formatScore(score)],
  ...(scoreTarget === undefined ? [] : [['Score target', formatPercent(scoreTarget)] as const]),
  ['Score computed', formatScoreTime(score, readAt)],
];

/** Formats when AWS Config computed a score, and how old it was when it was read. */
export function formatScoreTime(score: Score | undefined, readAt: number | undefined): string {
  if (score && !isComputed(score)) return 'nothing evaluated yet';
  return score?.updatedAt === undefined || readAt === undefined
    ? formatUtcTimeOrUnknown(score?.updatedAt)
    : formatTimeWithAge(score.updatedAt, readAt);
}

/** Formats `3`, or `25 or more` and `some` where AWS Config counts no further. */
export function formatFailing({ failing, hasMoreFailing }: Pick<ReportRule, 'failing' | 'hasMoreFailing'>): string {
  if (!hasMoreFailing) return String(failing);
  return failing === 0 ? 'some' : `${failing} or more`;
}
