import { compareTexts } from '../compareTexts.ts';
import type { AggregateRow, PackCount } from '../model.ts';
import { compareWorstFirst, type PackGroupCounts, type ResultCounts } from '../organization/cells.ts';
import type { PackOrder } from '../source.ts';

type Compare<T> = (a: T, b: T) => number;

/** The share of a row's rules that pass, 0–1; undefined if none of them has a result. */
function getPassingShare({ compliantRules, nonCompliantRules, totalRules }: AggregateRow): number | undefined {
  return compliantRules + nonCompliantRules === 0 ? undefined : compliantRules / totalRules;
}

/**
 * Orders rows by the share of rules that pass, or by name. Rows without a result come last if the worst come first, as
 * packs without a score do. Of equal shares, the row with more non-compliant rules is worse.
 */
export function compareRows({ by, descending }: PackOrder): Compare<AggregateRow> {
  const sign = descending ? -1 : 1;
  const compareNames: Compare<AggregateRow> = (a, b) =>
    compareTexts(a.pack, b.pack) || compareTexts(a.account, b.account) || compareTexts(a.region, b.region);
  if (by === 'name') return (a, b) => sign * compareNames(a, b);
  return (a, b) =>
    sign * ((getPassingShare(a) ?? 2) - (getPassingShare(b) ?? 2) || b.nonCompliantRules - a.nonCompliantRules) ||
    compareNames(a, b);
}

/**
 * Orders accounts or regions by the share of non-compliant packs among those with a result, then by their number, or by
 * name. Those without a result as above.
 */
export function compareCounts(order: PackOrder): Compare<PackCount> {
  const compareNamed = compareNamedCounts(order);
  return (a, b) => compareNamed(a.name, toResultCounts(a), b.name, toResultCounts(b));
}

/** Orders packs across accounts and regions in the same way. */
export function comparePackGroups(order: PackOrder): Compare<PackGroupCounts> {
  const compareNamed = compareNamedCounts(order);
  return (a, b) => compareNamed(a.pack.name, a, b.pack.name, b);
}

/** The packs with a result of an account or region. */
export const toResultCounts = ({ compliantPacks, nonCompliantPacks }: PackCount): ResultCounts => ({
  compliant: compliantPacks,
  nonCompliant: nonCompliantPacks,
});

function compareNamedCounts({ by, descending }: PackOrder) {
  const sign = descending ? -1 : 1;
  return (nameA: string, a: ResultCounts, nameB: string, b: ResultCounts): number =>
    by === 'name' ? sign * compareTexts(nameA, nameB) : sign * compareWorstFirst(a, b) || compareTexts(nameA, nameB);
}
