import type { AccountAndRegion, AggregateRow } from '../model.ts';
import type { RowFilter } from '../source.ts';

/** All packs of the account and region. */
export interface PacksListId {
  readonly kind: 'packs';
}

/** The rules of one deployed pack. A pack that is deleted and deployed again has another id. */
export interface RulesListId {
  readonly kind: 'rules';
  readonly pack: string;
  readonly packId: string;
}

/** The rows of an aggregator that match a filter. */
export interface RowsListId {
  readonly kind: 'rows';
  readonly aggregator: string;
  /** Without a compliance state: a row that no longer matches one may be better, worse or gone. */
  readonly filter: Omit<RowFilter, 'compliance'>;
}

/** What was read: one list of an account and region. */
export type ListId = PacksListId | RulesListId | RowsListId;

interface ReadingBase {
  /** The account and region that were read, or that the aggregator belongs to. */
  readonly scope: AccountAndRegion;
  /** When the list was read, epoch milliseconds. */
  readonly readAt: number;
}

/** A pack as it was read (ListConformancePackComplianceScores, DescribeConformancePackStatus). */
export interface StoredPack {
  readonly name: string;
  /** Undefined for a pack without a deployment: a later pack of its name may be another one. */
  readonly id: string | undefined;
  /** The published score, 0–100. */
  readonly percent: number | undefined;
  /** When AWS Config computed the score, epoch milliseconds. */
  readonly computedAt: number | undefined;
  /** The deployment state, such as `CREATE_COMPLETE`. */
  readonly state: string | undefined;
}

export interface StoredResource {
  readonly type: string;
  readonly id: string;
}

/** A rule with its failing resources (DescribeConformancePackCompliance, GetConformancePackComplianceDetails). */
export interface StoredRule {
  readonly name: string;
  readonly compliance: string | undefined;
  readonly failing: readonly StoredResource[];
}

/** A list that was read to its end. Only these are compared. */
export type PacksReading = ReadingBase & PacksListId & { readonly packs: readonly StoredPack[] };
export type RulesReading = ReadingBase & RulesListId & { readonly rules: readonly StoredRule[] };
export type RowsReading = ReadingBase & RowsListId & { readonly rows: readonly AggregateRow[] };
export type Reading = PacksReading | RulesReading | RowsReading;

/** An attempt that did not read a list to its end. Nothing is known about the rows. */
export interface Gap extends ReadingBase {
  readonly listId: ListId;
  /** Why, such as the title of the error. */
  readonly reason: string;
}

/** A reading or a gap. */
export type Visit = Reading | Gap;

/** Whether the list was not read to its end. */
export const isGap = (visit: Visit): visit is Gap => 'reason' in visit;

/** The list that a visit was about. */
export const getListId = (visit: Visit): ListId => (isGap(visit) ? visit.listId : visit);

/** Identifies the list that a visit was about, within its account and region. */
export function getListKey(listId: ListId): string {
  switch (listId.kind) {
    case 'packs':
      return 'packs';
    case 'rules':
      return `rules ${listId.packId}`;
    case 'rows': {
      const { pack, account, region } = listId.filter;
      return `rows ${JSON.stringify([listId.aggregator, pack, account, region])}`;
    }
  }
}

/** Identifies an account and region. */
export const getScopeKey = ({ account, region }: AccountAndRegion): string => `${account}/${region}`;
