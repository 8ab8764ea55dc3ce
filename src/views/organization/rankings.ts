import { type AggregateRow, complianceTypes } from '../../compliance/model.ts';
import type { StateCounts } from '../../webview/overview/protocol.ts';

export interface RankedRegion extends StateCounts {
  readonly region: string;
  readonly rows: readonly AggregateRow[];
}

export interface RankedAccount extends StateCounts {
  readonly account: string;
  readonly rows: readonly AggregateRow[];
}

export interface RankedPack extends StateCounts {
  /** The name without what an organization adds to it. */
  readonly pack: string;
  readonly rows: readonly AggregateRow[];
}

/** A pack of an organization is deployed under a different name in every account: `OrgConformsPack-<name>-<8>`. */
export const getBaseName = (pack: string): string => /^OrgConformsPack-(.+)-[A-Za-z0-9]{8}$/.exec(pack)?.[1] ?? pack;

/** Ranks accounts, largest share of non-compliant packs first. */
export const rankAccounts = (rows: readonly AggregateRow[]): readonly RankedAccount[] =>
  rank(rows, ({ account }) => account).map(({ name, ...others }) => ({ account: name, ...others }));

export const rankRegions = (rows: readonly AggregateRow[]): readonly RankedRegion[] =>
  rank(rows, ({ region }) => region).map(({ name, ...others }) => ({ region: name, ...others }));

export const rankPacks = (rows: readonly AggregateRow[]): readonly RankedPack[] =>
  rank(rows, ({ pack }) => getBaseName(pack)).map(({ name, ...others }) => ({ pack: name, ...others }));

function rank(rows: readonly AggregateRow[], getName: (row: AggregateRow) => string) {
  return [...Map.groupBy(rows, getName)]
    .map(([name, members]) => ({
      name,
      rows: members,
      total: members.length,
      nonCompliant: countNonCompliant(members),
    }))
    .sort((a, b) => getShare(b) - getShare(a) || b.nonCompliant - a.nonCompliant || (a.name < b.name ? -1 : 1));
}

export const countNonCompliant = (rows: readonly AggregateRow[]): number =>
  rows.reduce((count, { compliance }) => count + Number(compliance === 'NON_COMPLIANT'), 0);

const getShare = ({ total, nonCompliant }: StateCounts): number => nonCompliant / total;

/** Sorts rows, worst state first, then by the share of failing rules. */
export const sortWorstFirst = (rows: readonly AggregateRow[]): readonly AggregateRow[] =>
  rows.toSorted(
    (a, b) =>
      getStateRank(a) - getStateRank(b) || getFailingShare(b) - getFailingShare(a) || (a.pack < b.pack ? -1 : 1),
  );

const getStateRank = ({ compliance }: AggregateRow): number =>
  compliance === undefined ? complianceTypes.length : complianceTypes.indexOf(compliance);

/** The share of a pack's rules that are non-compliant, 0–1. */
export const getFailingShare = ({ nonCompliantRules, totalRules }: AggregateRow): number =>
  totalRules === 0 ? 0 : nonCompliantRules / totalRules;
