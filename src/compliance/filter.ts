import {
  type AggregateRow,
  type ComplianceType,
  getScoreCompliance,
  type Pack,
  type PackCount,
  type Scope,
  type Score,
} from './model.ts';
import type { RowFilter } from './source.ts';

/** Restricts which packs are shown. An absent member does not restrict. */
export interface Filter {
  readonly compliance?: ComplianceType;
  /** Matches only packs with a published score below this, 0–100. */
  readonly scoreBelow?: number;
  /** The exact pack name, which AWS Config can filter by. */
  readonly name?: string;
  /** A part of the pack name, ignoring case. Matches only loaded rows: AWS Config cannot filter by it. */
  readonly nameContains?: string;
  readonly account?: string;
  readonly region?: string;
}

export const isFiltered = (filter: Filter): boolean => Object.values(filter).some((value) => value !== undefined);

/** The part of a filter that AWS Config applies to aggregate rows. */
export function toRowFilter({ compliance, name, account, region }: Filter): RowFilter {
  return {
    ...(compliance !== undefined && { compliance }),
    ...(name !== undefined && { pack: name }),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  };
}

/** The part of a filter that AWS Config applies to an aggregator's summary. */
export function toCountFilter({ account, region }: Filter): RowFilter {
  return toRowFilter({ ...(account !== undefined && { account }), ...(region !== undefined && { region }) });
}

export function matchesScope({ account, region }: Filter, scope: Scope): boolean {
  return (account ?? scope.account) === scope.account && (region ?? scope.region) === scope.region;
}

export function matchesPack(filter: Filter, { name, score }: Pack): boolean {
  const { compliance } = filter;
  if (compliance !== undefined && getScoreCompliance(score) !== compliance) return false;
  return matchesScore(filter, score) && matchesName(filter, name);
}

/** Applies the parts that AWS Config cannot filter by. `score` is the row's published score, if there is one. */
export function matchesRow(filter: Filter, row: AggregateRow, score: Score | undefined): boolean {
  return matchesScore(filter, score) && matchesName(filter, row.pack);
}

/** Whether a group can contain a matching row, judging by its counts. */
export function matchesCount({ compliance }: Filter, count: PackCount): boolean {
  if (count.countsText !== undefined) return true;
  if (compliance === 'COMPLIANT') return count.compliantPacks > 0;
  if (compliance === 'NON_COMPLIANT') return count.nonCompliantPacks > 0;
  return true;
}

function matchesScore({ scoreBelow }: Filter, score: Score | undefined): boolean {
  return scoreBelow === undefined || (score?.percent !== undefined && score.percent < scoreBelow);
}

function matchesName({ name, nameContains }: Filter, pack: string): boolean {
  if (name !== undefined && pack !== name) return false;
  return nameContains === undefined || pack.toLowerCase().includes(nameContains.toLowerCase());
}
