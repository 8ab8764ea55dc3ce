import { isSignedOut } from '../../compliance/errors.ts';
import { getPackKey, getScoreCompliance } from '../../compliance/model.ts';
import { type ConnectionSummary, collectDistinctPacks, hasScores } from '../../compliance/queries/connectionSummary.ts';
import { formatConnection } from '../../compliance/source.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatAge, formatCount, formatScope, formatScore } from '../../compliance/text/format.ts';

/** The status bar's line, such as `$(shield) prod · 3 regions · 4 packs below target`; undefined while nothing is known. */
export function statusText(summaries: readonly ConnectionSummary[]): string | undefined {
  const trouble = summaries.filter((summary) => isSignedOut(summary.error) || isUnreadable(summary));
  if (trouble.length === 0 && !summaries.some(hasScores)) return undefined;
  const regions = new Set(summaries.flatMap(({ scope, connection }) => scope?.region ?? connection.region ?? []));
  const parts = [
    who(summaries),
    ...(regions.size > 1 ? [`${regions.size} regions`] : []),
    ...(summaries.some(hasScores) ? [belowTarget(summaries.filter(hasScores))] : []),
    ...share(summaries, ({ error }) => isSignedOut(error), 'signed out'),
    ...share(summaries, isUnreadable, 'could not be read'),
    ...share(summaries, isUnread, 'not read'),
  ];
  return `$(${trouble.length > 0 ? 'warning' : 'shield'}) ${parts.join(' · ')}`;
}

/** Not even older scores are there, and it is no matter of signing in. */
const isUnreadable = (summary: ConnectionSummary): boolean =>
  summary.error !== undefined && !isSignedOut(summary.error) && !hasScores(summary);

/** Nobody has asked. */
const isUnread = (summary: ConnectionSummary): boolean => summary.error === undefined && !hasScores(summary);

function who(summaries: readonly ConnectionSummary[]): string {
  const profiles = [...new Set(summaries.map(({ connection }) => connection.profile))];
  if (profiles.length > 1) return `${profiles.length} profiles`;
  const scope = summaries.find((summary) => summary.scope)?.scope;
  return profiles[0] ?? scope?.account ?? 'default credentials';
}

function belowTarget(summaries: readonly ConnectionSummary[]): string {
  const { length } = collectDistinctPacks(summaries, ({ packsBelowTarget }) => packsBelowTarget);
  if (!summaries.every(({ hasAllBelowTarget }) => hasAllBelowTarget))
    return `${formatCount(length, 'pack')} below target so far`;
  const none = summaries.every(({ packs }) => packs.length === 0);
  return none ? 'no packs' : `${formatCount(length, 'pack')} below target`;
}

/** How many of the connections `is` holds for, in words; nothing where for none. */
function share(
  summaries: readonly ConnectionSummary[],
  is: (summary: ConnectionSummary) => boolean,
  words: string,
): string[] {
  const { length } = summaries.filter(is);
  if (length === 0) return [];
  return [summaries.length === 1 ? words : `${length} of ${summaries.length} connections ${words}`];
}

/** A line of the tooltip; `title` begins what is said of a connection. */
export interface StatusLine {
  readonly kind: 'title' | 'line' | 'item';
  readonly text: string;
}

/** A tooltip is no list: so many packs of a connection, and so many connections, stand in it. */
const mostPacks = 10;
const mostConnections = 10;

/** The status bar's tooltip: each connection with its packs below the target, 0–100, and with ages at `now`. */
export function statusTooltip(
  summaries: readonly ConnectionSummary[],
  target: number,
  now: number,
): readonly StatusLine[] {
  const lines = summaries.slice(0, mostConnections).flatMap((summary) => connectionLines(summary, target, now));
  const others = summaries.length - mostConnections;
  return others > 0 ? [...lines, line(`and ${formatCount(others, 'more connection')}`)] : lines;
}

function connectionLines(summary: ConnectionSummary, target: number, now: number): StatusLine[] {
  const { connection, scope, packsBelowTarget, readAt, error } = summary;
  const location = scope ? formatScope(scope) : connection.region;
  const title = [location, formatConnection(connection)].filter(Boolean).join(' · ');
  const hidden = packsBelowTarget.length - mostPacks;
  return [
    { kind: 'title', text: title },
    ...(hasScores(summary) ? [line(packsLine(summary, target))] : []),
    ...packsBelowTarget.slice(0, mostPacks).map(({ name, score }) => item(`${name} ${formatScore(score)}`)),
    ...(hidden > 0 ? [item(`and ${hidden} more`)] : []),
    ...(isUnread(summary) ? [line('Its scores have not been read')] : []),
    ...(error ? [line(describeError(error).text)] : []),
    ...(readAt === undefined ? [] : [line(`Read ${formatAge(readAt, now)}`)]),
  ];
}

function packsLine({ packsBelowTarget, packs, hasAllBelowTarget }: ConnectionSummary, target: number): string {
  if (packs.length === 0) return 'No conformance packs';
  return `${formatCount(packsBelowTarget.length, 'pack')} below ${target}${hasAllBelowTarget ? '' : ' so far: the list goes on'}`;
}

/** What stands on the view's icon. */
export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

/** How many packs of the connections' own accounts and regions are known to be non-compliant; undefined where none is. */
export function badgeOf(summaries: readonly ConnectionSummary[]): Badge | undefined {
  const failing = collectDistinctPacks(summaries, ({ packs }) =>
    packs.filter(({ score }) => getScoreCompliance(score) === 'NON_COMPLIANT'),
  );
  if (failing.length === 0) return undefined;
  const places = new Set(failing.map(({ scope }) => getPackKey(scope, '')));
  const where = places.size === 1 ? '1 account and region' : `${places.size} accounts and regions`;
  return { value: failing.length, tooltip: `${formatCount(failing.length, 'non-compliant pack')} in ${where}` };
}

const line = (text: string): StatusLine => ({ kind: 'line', text });

const item = (text: string): StatusLine => ({ kind: 'item', text });
