import { failureInWords } from '../../compliance/failureWords.ts';
import { packKey, scoreCompliance } from '../../compliance/model.ts';
import { formatScore } from '../../compliance/score.ts';
import { connectionLabel } from '../../compliance/source.ts';
import { isRead, placedPacks, type Standing, standsSignedOut } from '../../compliance/standing.ts';
import { age } from '../../compliance/time.ts';
import { counted } from '../../compliance/words.ts';

/** The status bar's line, such as `$(shield) prod · 3 regions · 4 packs below target`; undefined while nothing is known. */
export function statusText(standings: readonly Standing[]): string | undefined {
  const trouble = standings.filter((standing) => standsSignedOut(standing) || isUnreadable(standing));
  if (trouble.length === 0 && !standings.some(isRead)) return undefined;
  const regions = new Set(standings.flatMap(({ scope, connection }) => scope?.region ?? connection.region ?? []));
  const parts = [
    who(standings),
    ...(regions.size > 1 ? [`${regions.size} regions`] : []),
    ...(standings.some(isRead) ? [belowTarget(standings.filter(isRead))] : []),
    ...share(standings, standsSignedOut, 'signed out'),
    ...share(standings, isUnreadable, 'could not be read'),
    ...share(standings, isUnread, 'not read'),
  ];
  return `$(${trouble.length > 0 ? 'warning' : 'shield'}) ${parts.join(' · ')}`;
}

/** Not even older scores are there, and it is no matter of signing in. */
const isUnreadable = (standing: Standing): boolean =>
  standing.error !== undefined && !standsSignedOut(standing) && !isRead(standing);

/** Nobody has asked. */
const isUnread = (standing: Standing): boolean => standing.error === undefined && !isRead(standing);

function who(standings: readonly Standing[]): string {
  const profiles = [...new Set(standings.map(({ connection }) => connection.profile))];
  if (profiles.length > 1) return `${profiles.length} profiles`;
  const scope = standings.find((standing) => standing.scope)?.scope;
  return profiles[0] ?? scope?.account ?? 'default credentials';
}

function belowTarget(standings: readonly Standing[]): string {
  const { length } = placedPacks(standings, ({ below }) => below);
  if (!standings.every(({ knowsAllBelow }) => knowsAllBelow)) return `${counted(length, 'pack')} below target so far`;
  const none = standings.every(({ packs }) => packs.length === 0);
  return none ? 'no packs' : `${counted(length, 'pack')} below target`;
}

/** How many of the connections `is` holds for, in words; nothing where for none. */
function share(standings: readonly Standing[], is: (standing: Standing) => boolean, words: string): string[] {
  const { length } = standings.filter(is);
  if (length === 0) return [];
  return [standings.length === 1 ? words : `${length} of ${standings.length} connections ${words}`];
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
export function statusTooltip(standings: readonly Standing[], target: number, now: number): readonly StatusLine[] {
  const lines = standings.slice(0, mostConnections).flatMap((standing) => connectionLines(standing, target, now));
  const others = standings.length - mostConnections;
  return others > 0 ? [...lines, line(`and ${counted(others, 'more connection')}`)] : lines;
}

function connectionLines(standing: Standing, target: number, now: number): StatusLine[] {
  const { connection, scope, below, readAt, error } = standing;
  const place = scope ? [scope.account, scope.region] : [connection.region];
  const title = [...place, connectionLabel(connection)].filter(Boolean).join(' · ');
  const hidden = below.length - mostPacks;
  return [
    { kind: 'title', text: title },
    ...(isRead(standing) ? [line(packsLine(standing, target))] : []),
    ...below.slice(0, mostPacks).map(({ name, score }) => item(`${name} ${formatScore(score)}`)),
    ...(hidden > 0 ? [item(`and ${hidden} more`)] : []),
    ...(isUnread(standing) ? [line('Its scores have not been read')] : []),
    ...(error ? [line(failureInWords(error))] : []),
    ...(readAt === undefined ? [] : [line(`Read ${age(readAt, now)}`)]),
  ];
}

function packsLine({ below, packs, knowsAllBelow }: Standing, target: number): string {
  if (packs.length === 0) return 'No conformance packs';
  return `${counted(below.length, 'pack')} below ${target}${knowsAllBelow ? '' : ' so far: the list goes on'}`;
}

/** What stands on the view's icon. */
export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

/** How many packs of the connections' own accounts and regions are known to be non-compliant; undefined where none is. */
export function badgeOf(standings: readonly Standing[]): Badge | undefined {
  const failing = placedPacks(standings, ({ packs }) =>
    packs.filter(({ score }) => scoreCompliance(score) === 'NON_COMPLIANT'),
  );
  if (failing.length === 0) return undefined;
  const places = new Set(failing.map(({ scope }) => packKey(scope, '')));
  const where = places.size === 1 ? '1 account and region' : `${places.size} accounts and regions`;
  return { value: failing.length, tooltip: `${counted(failing.length, 'non-compliant pack')} in ${where}` };
}

const line = (text: string): StatusLine => ({ kind: 'line', text });

const item = (text: string): StatusLine => ({ kind: 'item', text });
