import type { AggregateRow, PackCount } from '../model.ts';
import type { PackOrder } from '../source.ts';

type Compare<T> = (a: T, b: T) => number;

/** The share of a row's rules that pass, 0–1; undefined if none of them has a result. */
export function getPassingShare({ compliantRules, nonCompliantRules, totalRules }: AggregateRow): number | undefined {
  return compliantRules + nonCompliantRules === 0 ? undefined : compliantRules / totalRules;
}

/** The share of non-compliant packs among those with a result, 0–1; undefined if there are none. */
export function getNonCompliantShare({ compliantPacks, nonCompliantPacks }: PackCount): number | undefined {
  const total = compliantPacks + nonCompliantPacks;
  return total === 0 ? undefined : nonCompliantPacks / total;
}

/**
 * Orders rows by the share of rules that pass, or by name. Rows without a result come last if the worst come first, as
 * packs without a score do. Of equal shares, the row with more non-compliant rules is worse.
 */
export function compareRows({ by, descending }: PackOrder): Compare<AggregateRow> {
  const sign = descending ? -1 : 1;
  const compareNames: Compare<AggregateRow> = (a, b) =>
    compare(a.pack, b.pack) || compare(a.account, b.account) || compare(a.region, b.region);
  if (by === 'name') return (a, b) => sign * compareNames(a, b);
  return (a, b) =>
    sign * ((getPassingShare(a) ?? 2) - (getPassingShare(b) ?? 2) || b.nonCompliantRules - a.nonCompliantRules) ||
    compareNames(a, b);
}

/** Orders groups by the share of non-compliant packs, then by their number, or by name. Groups without a result as above. */
export function compareCounts({ by, descending }: PackOrder): Compare<PackCount> {
  const sign = descending ? -1 : 1;
  if (by === 'name') return (a, b) => sign * compare(a.name, b.name);
  return (a, b) =>
    sign *
      ((getNonCompliantShare(b) ?? -1) - (getNonCompliantShare(a) ?? -1) ||
        b.nonCompliantPacks - a.nonCompliantPacks) || compare(a.name, b.name);
}

const compare: Compare<string> = (a, b) => (a === b ? 0 : a < b ? -1 : 1);
