import type { ComplianceType, PackCount } from '../../../compliance/model.ts';
import { formatCount } from '../../../compliance/text/format.ts';
import { formatScore } from '../../../compliance/text/score.ts';
import { formatRowChange, speakRowChange } from '../../../compliance/text/scoreChange.ts';
import {
  formatCompliance,
  formatInState,
  formatPackCounts,
  formatRulesPassing,
} from '../../../compliance/text/states.ts';
import type { Group, GroupNode, RowNode, StateCount } from '../model/nodes.ts';
import type { Label } from './label.ts';
import { shortenLabel } from './shortenLabel.ts';

export function getGroupLabel({ group, siblings, accountName }: GroupNode): Label {
  switch (group.by) {
    case 'account':
    case 'region':
      return {
        ...labelAccount(group.name, accountName),
        description: joinParts(
          formatPackCount(group),
          group.readRows !== undefined && `of ${group.readRows} read`,
          accountName !== undefined && group.name,
          group.isUnfiltered && 'unfiltered',
        ),
      };
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
export function getRowLabel(node: RowNode): Label {
  const { row, rowChange, groupedBy, siblings, accountName } = node;
  const label = groupedBy === 'pack' ? labelAccount(row.account, accountName) : shortenLabel(row.pack, siblings);
  if (!rowChange) return { ...label, description: describeRow(node) };
  const now = Date.now();
  return {
    ...label,
    description: describeRow(node, ` ${formatRowChange(rowChange, now)}`),
    spoken: describeRow(node, `, ${speakRowChange(rowChange, now)}`),
  };
}

/** An account by its name if it is known, else by its ID. */
const labelAccount = (account: string, name: string | undefined): Pick<Label, 'label' | 'exactName'> =>
  name === undefined ? { label: account } : { label: name, exactName: `${name} · ${account}` };

function describeRow({ row, score, groupedBy, accountName }: RowNode, change = ''): string {
  return joinParts(
    groupedBy !== 'region' && row.region,
    `${formatRulesPassing(row)}${change}`,
    groupedBy !== 'account' && groupedBy !== 'pack' && (accountName ?? row.account),
    groupedBy === 'pack' && accountName !== undefined && row.account,
    score?.percent !== undefined && `score ${formatScore(score)}`,
  );
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
