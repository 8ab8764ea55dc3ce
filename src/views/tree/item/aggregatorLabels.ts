import type { ComplianceType, PackCount } from '../../../compliance/model.ts';
import { formatCount } from '../../../compliance/text/format.ts';
import { formatScore } from '../../../compliance/text/score.ts';
import {
  formatCompliance,
  formatInState,
  formatPackCounts,
  formatRulesPassing,
} from '../../../compliance/text/states.ts';
import type { Group, GroupNode, RowNode, StateCount } from '../model/nodes.ts';
import type { Label } from './label.ts';
import { shortenLabel } from './shortenLabel.ts';

export function getGroupLabel({ group, siblings }: GroupNode): Label {
  switch (group.by) {
    case 'account':
    case 'region':
      return { label: group.name, description: joinParts(formatPackCount(group), group.isUnfiltered && 'unfiltered') };
    case 'pack':
      return { ...shortenLabel(group.name, siblings), description: formatGroupCounts(group) };
    case 'status':
      return { label: capitalize(formatCompliance(group.name)), description: formatStateCount(group.count) };
  }
}

/**
 * A row names its pack, account and region, except what the group above it says. Region and counts come first, because
 * a narrow sidebar cuts off the rest.
 */
export function getRowLabel({ row, score, groupedBy, siblings }: RowNode): Label {
  const passing = formatRulesPassing(row);
  const scoreText = score?.percent !== undefined && `score ${formatScore(score)}`;
  const region = groupedBy !== 'region' && row.region;
  if (groupedBy === 'pack') return { label: row.account, description: joinParts(region, passing, scoreText) };
  const account = groupedBy !== 'account' && row.account;
  return { ...shortenLabel(row.pack, siblings), description: joinParts(region, passing, account, scoreText) };
}

function formatPackCount({
  count,
  compliance,
}: {
  readonly count: PackCount;
  readonly compliance?: string | undefined;
}) {
  if (count.countsText !== undefined) return formatPackCounts(count);
  if (compliance === 'NON_COMPLIANT') return formatInState(count.nonCompliantPacks, compliance);
  return compliance === 'COMPLIANT' ? formatInState(count.compliantPacks, compliance) : formatPackCounts(count);
}

function formatGroupCounts({ count, compliance, readRows }: Extract<Group, { by: 'pack' }>): string {
  const { nonCompliant, compliant, insufficientData, unknown } = count;
  const isShown = (state: ComplianceType) => (compliance ?? state) === state;
  const counts = joinParts(
    isShown('NON_COMPLIANT') && formatInState(nonCompliant, 'NON_COMPLIANT'),
    isShown('COMPLIANT') && formatInState(compliant, 'COMPLIANT'),
    insufficientData > 0 && formatInState(insufficientData, 'INSUFFICIENT_DATA'),
    unknown > 0 && `${unknown} unknown`,
  );
  return readRows === undefined ? counts : `${counts} of ${readRows} read`;
}

function formatStateCount(count: StateCount | undefined): string {
  if (!count) return '';
  const packs = formatCount(count.packs, 'pack');
  return joinParts(count.isPartial ? `${packs} so far` : packs, count.isUnfiltered && 'unfiltered');
}

const joinParts = (...parts: readonly (string | false)[]): string => parts.filter(Boolean).join(' · ');

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
