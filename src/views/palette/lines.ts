import { type AggregateRow, hasFailed, type Pack, packKey, rowKey } from '../../compliance/model.ts';
import type { AggregatedPack, PackMatch, OwnPack } from '../../compliance/packRef.ts';
import type { ReadFailure, ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import { connectionKey, connectionLabel } from '../../compliance/source.ts';
import { errorAdvice, errorTitle } from '../../compliance/text/errorMessages.ts';
import { age, formatScope, formatScore } from '../../compliance/text/format.ts';
import { busyIcon, complianceIcon, errorIcon, packIcon } from '../shared/icons.ts';
import type { Line } from './line.ts';

/**
 * A pack of a connection's own scope: its score and its state, below them whose it is, how old, and why it failed. Names
 * are long and a picker is narrow: on one line, account and region would be cut off.
 */
export function packLine({ connection, scope, pack, readAt }: PackMatch, target: number, now: number): Line {
  const { name, score, deployment } = pack;
  const reason = isFailed(pack) && deployment?.reason ? oneLine(deployment.reason) : undefined;
  return {
    key: packKey(scope, name),
    label: name,
    description: joined(formatScore(score), deployment?.state),
    detail: joined(formatScope(scope), ageOf(pack, readAt, now), reason),
    icon: packIcon(pack, target),
    pick: { kind: 'pack', pack: { connection, scope, name } },
  };
}

/** Whether the pack's last deployment, update or deletion failed. */
export const isFailed = ({ deployment }: Pack): boolean => hasFailed(deployment?.state);

/** A score is as old as the service computed it; what has none is as old as it was read. */
function ageOf({ score }: Pack, readAt: number | undefined, now: number): string | undefined {
  if (score?.updatedAt !== undefined) return age(score.updatedAt, now);
  return readAt === undefined ? undefined : `read ${age(readAt, now)}`;
}

/** An aggregator's row: rules that pass, never a score. */
export function rowLine(
  row: AggregateRow,
  pack: OwnPack | AggregatedPack,
  readAt: number | undefined,
  now: number,
): Line {
  return {
    key: rowKey(row),
    label: row.pack,
    description: `${row.compliantRules} of ${row.totalRules} rules passing`,
    detail: joined(formatScope(row), readAt === undefined ? undefined : `read ${age(readAt, now)}`),
    icon: complianceIcon(row.compliance),
    pick: { kind: 'pack', pack },
  };
}

export const aggregatorLine = (owned: ResolvedAggregator): Line => ({
  key: `${connectionKey(owned.store.connection)}/${owned.aggregator.name}`,
  label: owned.aggregator.name,
  description: formatScope(owned.scope),
  icon: { codicon: 'organization' },
  pick: { kind: 'aggregator', owned },
});

/** What could not be read, why, and what a person can do about it. */
export function problemLine(failure: ReadFailure): Line {
  const { connection, what, error } = failure;
  return {
    key: `#${connectionKey(connection)}/${errorTitle(error)}`,
    label: errorTitle(error),
    description: joined(what, connectionLabel(connection), connection.region),
    detail: errorAdvice(error),
    icon: errorIcon(error),
    pick: { kind: 'problem', failure },
  };
}

/** The place where rows go on when the person wants them to. */
export const moreLine = (loaded: number): Line => ({
  key: '#more',
  label: 'Load more…',
  description: `${loaded} loaded`,
  icon: { codicon: 'ellipsis' },
  pick: { kind: 'more' },
});

export const readingLine: Line = { key: '#reading', label: 'Loading…', icon: busyIcon, pick: { kind: 'note' } };

/** That there is nothing, and where it was looked for. */
export const nothingLine = (label: string, detail: string): Line => ({
  key: '#nothing',
  label,
  detail,
  icon: { codicon: 'info' },
  pick: { kind: 'note' },
});

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');
