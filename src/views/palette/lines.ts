import { failureAdvice, failureTitle } from '../../compliance/errors.ts';
import type { OwnedAggregator, Unread } from '../../compliance/lookup.ts';
import { type AggregateRow, type Pack, rowKey, type Scope } from '../../compliance/model.ts';
import { formatScore } from '../../compliance/score.ts';
import { connectionKey, connectionLabel } from '../../compliance/source.ts';
import { age } from '../../compliance/time.ts';
import type { AggregatedPack, OwnPack } from '../panel/target.ts';
import { busy, complianceIcon, errorIcon, packIcon } from '../tree/icons.ts';
import type { FoundPack } from './answers.ts';
import type { Line } from './line.ts';

/** A pack of a connection's own scope: its score and its state, whose it is and how old. */
export function packLine({ connection, scope, pack, readAt }: FoundPack, target: number, now: number): Line {
  const { name, score, deployment } = pack;
  const parts = [formatScore(score), deployment?.state, scope.account, scope.region, ageOf(pack, readAt, now)];
  return {
    key: `${scope.account}/${scope.region}/${name}`,
    label: name,
    description: parts.filter(Boolean).join(' · '),
    ...(isFailed(pack) && deployment?.reason && { detail: oneLine(deployment.reason) }),
    icon: packIcon(pack, target),
    pick: { kind: 'pack', pack: { connection, scope, name } },
  };
}

/** Whether the pack's last deployment, update or deletion failed. */
export const isFailed = ({ deployment }: Pack): boolean => deployment?.state.endsWith('_FAILED') ?? false;

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
  const passing = `${row.compliantRules} of ${row.totalRules} rules passing`;
  const read = readAt === undefined ? [] : [`read ${age(readAt, now)}`];
  return {
    key: rowKey(row),
    label: row.pack,
    description: [passing, row.account, row.region, ...read].join(' · '),
    icon: complianceIcon(row.compliance),
    pick: { kind: 'pack', pack },
  };
}

export const aggregatorLine = (owned: OwnedAggregator): Line => ({
  key: `${connectionKey(owned.known.connection)}/${owned.aggregator.name}`,
  label: owned.aggregator.name,
  description: placeOf(owned.scope),
  icon: { codicon: 'organization' },
  pick: { kind: 'aggregator', owned },
});

/** What could not be read, why, and what a person can do about it. */
export function problemLine(unread: Unread): Line {
  const { connection, what, error } = unread;
  return {
    key: `#${connectionKey(connection)}/${failureTitle(error)}`,
    label: failureTitle(error),
    description: [what, connectionLabel(connection), connection.region].filter(Boolean).join(' · '),
    detail: failureAdvice(error),
    icon: errorIcon(error),
    pick: { kind: 'problem', unread },
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

export const readingLine: Line = { key: '#reading', label: 'Loading…', icon: busy, pick: { kind: 'note' } };

/** That there is nothing, and where it was looked for. */
export const nothingLine = (label: string, detail: string): Line => ({
  key: '#nothing',
  label,
  detail,
  icon: { codicon: 'info' },
  pick: { kind: 'note' },
});

export const placeOf = ({ account, region }: Scope): string => `${account} · ${region}`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
