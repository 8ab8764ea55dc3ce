import type { PackCount } from '../../../compliance/model.ts';
import type { PackGroup } from '../../../compliance/queries/rowSelection.ts';
import { formatCount, formatScope } from '../../../compliance/text/format.ts';
import { formatScore } from '../../../compliance/text/score.ts';
import { formatCompliance, formatPackCounts, formatRulesPassing } from '../../../compliance/text/states.ts';
import type { Group, RowNode, StateCount } from '../model/nodes.ts';
import type { Label } from './label.ts';

export function getGroupLabel(group: Group): Label {
  switch (group.by) {
    case 'account':
    case 'region':
      return { label: group.name, description: joinParts(formatPackCount(group), group.isUnfiltered && 'unfiltered') };
    case 'pack':
      return { label: group.name, description: formatPackGroup(group.count, group.readRows) };
    case 'status':
      return { label: capitalize(formatCompliance(group.name)), description: formatStateCount(group.count) };
  }
}

/** A row names its pack, account and region, except what the group above it says. */
export function getRowLabel({ row, score, groupedBy }: RowNode): Label {
  const passing = formatRulesPassing(row);
  const scoreText = score?.percent !== undefined && `score ${formatScore(score)}`;
  if (groupedBy === 'pack') return { label: formatScope(row), description: joinParts(passing, scoreText) };
  const account = groupedBy !== 'account' && row.account;
  const region = groupedBy !== 'region' && row.region;
  return { label: row.pack, description: joinParts(account, region, passing, scoreText) };
}

function formatPackCount({
  count,
  compliance,
}: {
  readonly count: PackCount;
  readonly compliance?: string | undefined;
}) {
  if (count.countsText !== undefined) return formatPackCounts(count);
  if (compliance === 'NON_COMPLIANT') return `${count.nonCompliantPacks} non-compliant`;
  return compliance === 'COMPLIANT' ? `${count.compliantPacks} compliant` : formatPackCounts(count);
}

/** `readRows`: how many rows of the aggregator have been counted, unless all have. */
function formatPackGroup(count: PackGroup, readRows: number | undefined): string {
  const withoutData = count.packs - count.nonCompliantPacks - count.compliantPacks;
  const counts = joinParts(formatPackCount({ count }), withoutData > 0 && `${withoutData} insufficient data`);
  return readRows === undefined ? counts : `${counts} of ${readRows} read`;
}

function formatStateCount(count: StateCount | undefined): string {
  if (!count) return '';
  const packs = formatCount(count.packs, 'pack');
  return joinParts(count.isPartial ? `${packs} so far` : packs, count.isUnfiltered && 'unfiltered');
}

const joinParts = (...parts: readonly (string | false)[]): string => parts.filter(Boolean).join(' · ');

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
