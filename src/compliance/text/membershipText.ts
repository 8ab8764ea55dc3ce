import { isDenial } from '../errors.ts';
import type { AccountAndRegion, AggregateRow } from '../model.ts';
import type { PackItem } from '../organizationModel.ts';
import type { List } from '../paging/list.ts';
import type { AggregatedPackRules } from '../queries/aggregatedPackRules.ts';
import type { PackMembership } from '../queries/packMembership.ts';

const permission = 'config:SelectAggregateResourceConfig';
const recordedType = 'AWS::Config::ConformancePackCompliance';
const requirements = `the permission ${permission} and the recorded resource type ${recordedType}`;

/** Describes why the shown rules may not be exactly the pack's; undefined if they are, or if errors say so. */
export function describeMembership(
  { evidence, rules }: PackMembership,
  { account, region }: AccountAndRegion,
  lists: Pick<AggregatedPackRules, 'rules' | 'items' | 'rows' | 'findRow'>,
): string | undefined {
  const isReadable = lists.rules.errors.length === 0;
  switch (evidence) {
    case 'item':
      if (!isReadable && rules.length > 0)
        return 'The rules and their states come from the pack’s configuration item. How many resources fail is unknown.';
      return rules.length === 0 && lists.rules.isComplete ? 'The aggregator lists no rules of this pack.' : undefined;
    case 'counts':
      return `AWS does not tell which rules belong to this pack. These are the only rules of a pack in account ${account} and region ${region} with the pack’s counts: ${formatCounts(lists.findRow())}. To be certain, Packscope needs ${requirements}.`;
    case 'none':
      if (!isReadable && rules.length === 0) return undefined;
      if (rules.length === 0 && lists.rules.isComplete)
        return `The aggregator lists no rules of account ${account} in region ${region}.`;
      if (lists.rows.isComplete && !lists.rows.isRestored && !lists.findRow())
        return `The aggregator does not list this pack. These are ${getExtent(lists.rules)} of account ${account} in region ${region}.`;
      return `AWS does not tell which of these rules belong to the pack: they are ${getExtent(lists.rules)} of account ${account} in region ${region}. ${getReason(lists.items)}`;
  }
}

const getExtent = ({ isComplete }: List<unknown>): string => (isComplete ? 'all rules' : 'the rules read so far');

function getReason({ rows, errors, isComplete }: List<PackItem>): string {
  if (errors.some(isDenial)) return `To find out, Packscope needs ${requirements}.`;
  if (errors.length > 0) return 'The pack’s configuration item, which lists them, could not be read.';
  if (rows.length > 0) return 'The pack’s configuration item names neither its ID nor its rules.';
  if (!isComplete) return 'The pack’s configuration item, which lists them, has not been read. Load more to continue.';
  return `To find out, Packscope needs the recorded resource type ${recordedType}: the aggregator has no configuration item of this pack, because that account and region do not record the type, or not yet for this pack.`;
}

function formatCounts(row: AggregateRow | undefined): string {
  if (!row) return 'unknown';
  const { totalRules, compliantRules, nonCompliantRules } = row;
  return `${totalRules} rules, ${compliantRules} compliant, ${nonCompliantRules} non-compliant`;
}
