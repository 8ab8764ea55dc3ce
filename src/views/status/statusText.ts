import { isDenial, isSignedOut } from '../../compliance/errors.ts';
import { getPackKey } from '../../compliance/model.ts';
import {
  type ConnectionSummary,
  collectDistinctPacks,
  getNonCompliantPacks,
  hasScores,
} from '../../compliance/queries/connectionSummary.ts';
import { formatConnection } from '../../compliance/source.ts';
import { formatAge } from '../../compliance/text/age.ts';
import { describeError, type ErrorAction, mergeActions } from '../../compliance/text/errorMessages.ts';
import { formatCount, formatScope, getConnectionLabel } from '../../compliance/text/format.ts';
import { toLabel } from '../../compliance/text/plainText.ts';
import { formatPercent, formatScore } from '../../compliance/text/score.ts';
import { formatNonCompliantPacks, formatPacksBelowTarget } from '../../compliance/text/summaryText.ts';

const maxPacksInTooltip = 10;
const maxConnectionsInTooltip = 10;

/**
 * Formats the text of the status bar, such as `$(shield) prod · 3 regions · 4 packs below target`. Returns undefined
 * before anything has been loaded.
 */
export function formatStatus(summaries: readonly ConnectionSummary[]): string | undefined {
  const withScores = summaries.filter(hasScores);
  const hasProblem = summaries.some(
    (summary) => isSignedOut(summary.error) || failedToLoad(summary) || failedToRefresh(summary),
  );
  if (!hasProblem && withScores.length === 0) return undefined;
  const regions = new Set(summaries.flatMap(({ scope, connection }) => scope?.region ?? connection.region ?? []));
  const parts = [
    formatIdentity(summaries),
    ...(regions.size > 1 ? [`${regions.size} regions`] : []),
    ...(withScores.length > 0 ? [formatPacksBelowTarget(withScores, withScores.length === summaries.length)] : []),
    ...formatShare(summaries, ({ error }) => isSignedOut(error), 'signed out'),
    ...formatShare(summaries, failedToLoad, 'failed to load'),
    ...formatShare(summaries, failedToRefresh, 'could not refresh'),
    ...formatShare(summaries, isNotLoaded, 'not loaded yet'),
  ];
  return `$(${hasProblem ? 'warning' : 'shield'}) ${toLabel(parts.join(' · '))}`;
}

/** Whether an error other than a missing sign-in leaves no scores to show, not even older ones. */
const failedToLoad = (summary: ConnectionSummary): boolean =>
  summary.error !== undefined && !isSignedOut(summary.error) && !hasScores(summary);

/** Whether an error keeps older scores from being read again. A permission that only deployment states lack does not. */
function failedToRefresh(summary: ConnectionSummary): boolean {
  const { error } = summary;
  if (error === undefined || isSignedOut(error) || !hasScores(summary)) return false;
  const { operation, otherOperations = [] } = error.details;
  return !isDenial(error) || operation !== 'DescribeConformancePackStatus' || otherOperations.length > 0;
}

const isNotLoaded = (summary: ConnectionSummary): boolean => summary.error === undefined && !hasScores(summary);

function formatIdentity(summaries: readonly ConnectionSummary[]): string {
  const profiles = [...new Set(summaries.map(({ connection }) => getConnectionLabel(connection)))];
  if (profiles.length > 1) return `${profiles.length} profiles`;
  const scope = summaries.find((summary) => summary.scope)?.scope;
  return profiles[0] ?? scope?.account ?? 'default credentials';
}

/** Formats the number of matching connections, such as `2 of 3 connections signed out`; empty if none matches. */
function formatShare(
  summaries: readonly ConnectionSummary[],
  isMatch: (summary: ConnectionSummary) => boolean,
  state: string,
): string[] {
  const { length } = summaries.filter(isMatch);
  if (length === 0) return [];
  return [summaries.length === 1 ? state : `${length} of ${summaries.length} connections ${state}`];
}

/** A line of the tooltip. A `title` starts the section of a connection. */
export interface StatusLine {
  readonly kind: 'title' | 'line' | 'item';
  readonly text: string;
}

/** Formats the tooltip of the status bar: each connection with its packs below `target`, 0–100, and its age at `now`. */
export function formatStatusTooltip(
  summaries: readonly ConnectionSummary[],
  target: number,
  now: number,
): readonly StatusLine[] {
  const lines = summaries
    .slice(0, maxConnectionsInTooltip)
    .flatMap((summary) => formatConnectionLines(summary, target, now));
  const hiddenCount = summaries.length - maxConnectionsInTooltip;
  return hiddenCount > 0 ? [...lines, line(`and ${formatCount(hiddenCount, 'more connection')}`)] : lines;
}

function formatConnectionLines(summary: ConnectionSummary, target: number, now: number): StatusLine[] {
  const { connection, scope, packsBelowTarget, readAt, error } = summary;
  const location = scope ? formatScope(scope) : connection.region;
  const title = [location, formatConnection(connection)].filter(Boolean).join(' · ');
  const hiddenCount = packsBelowTarget.length - maxPacksInTooltip;
  return [
    { kind: 'title', text: title },
    ...(hasScores(summary) ? [line(formatPackCounts(summary, target))] : []),
    ...packsBelowTarget.slice(0, maxPacksInTooltip).map(({ name, score }) => item(`${name} ${formatScore(score)}`)),
    ...(hiddenCount > 0 ? [item(`and ${hiddenCount} more`)] : []),
    ...(isNotLoaded(summary) ? [line('Scores not loaded yet')] : []),
    ...(error ? [line(describeError(error).fullText)] : []),
    ...(readAt === undefined ? [] : [line(`Loaded ${formatAge(readAt, now)}`)]),
  ];
}

function formatPackCounts(summary: ConnectionSummary, target: number): string {
  if (summary.packs.length === 0) return 'No conformance packs';
  return [
    formatPacksBelowTarget([summary], true),
    formatNonCompliantPacks([summary]),
    `target ${formatPercent(target)}`,
    ...(summary.hasAllBelowTarget ? [] : ['not all packs are loaded']),
  ].join(' · ');
}

/** The actions that resolve the errors of the connections. All of them are read again on Retry. */
export const getStatusActions = (summaries: readonly ConnectionSummary[]): readonly ErrorAction[] => {
  const descriptions = summaries.flatMap(({ error }) => (error ? describeError(error) : []));
  return descriptions.length === 0 ? [] : mergeActions(descriptions);
};

/** The number on the view's icon. */
export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

/** Counts the non-compliant packs of the connections' own accounts and regions. Returns undefined if there are none. */
export function createBadge(summaries: readonly ConnectionSummary[]): Badge | undefined {
  const failing = collectDistinctPacks(summaries, getNonCompliantPacks);
  if (failing.length === 0) return undefined;
  const scopes = new Set(failing.map(({ scope }) => getPackKey(scope, '')));
  const location = scopes.size === 1 ? '1 account and region' : `${scopes.size} accounts and regions`;
  return { value: failing.length, tooltip: `${formatNonCompliantPacks(summaries.filter(hasScores))} in ${location}` };
}

const line = (text: string): StatusLine => ({ kind: 'line', text });

const item = (text: string): StatusLine => ({ kind: 'item', text });
