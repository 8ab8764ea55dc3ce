import type { Filter } from '../compliance/filter.ts';
import type { Grouping } from '../compliance/grouping.ts';
import type { GetEarlierScore } from '../compliance/history/history.ts';
import type { AggregateRow } from '../compliance/model.ts';
import type { ResolvedAggregator, ResolvedConnection } from '../compliance/queries/lookup.ts';
import type { ReadFailure } from '../compliance/queries/readFailures.ts';
import type { PackOrder } from '../compliance/source.ts';

/** A pack in an account and region. */
export type RowLocation = Pick<AggregateRow, 'pack' | 'account' | 'region'>;

/** What a section of an export reads: a scope's own packs, the packs of an aggregator, or the rules that fail there. */
export type ExportSource = ScopeSource | AggregatorSource | FailingRulesSource;

export interface ScopeSource extends ResolvedConnection {
  readonly aggregator?: undefined;
  /** The exact names of the packs to export; all that match the filter if absent. */
  readonly packs?: readonly string[];
}

export interface AggregatorSource extends ResolvedAggregator {
  readonly rowType?: undefined;
  /** The rows to export; all that match the filter if absent. */
  readonly packs?: readonly RowLocation[];
}

/** Each row is a rule that fails in an account and region, over all packs. */
export interface FailingRulesSource extends ResolvedAggregator {
  readonly rowType: 'failingRules';
  readonly packs?: undefined;
}

/** The filter of an export. An absent member does not restrict. */
export interface ExportFilter extends Filter {
  /** The name of a pack, which also matches the packs that an organization deploys as `OrgConformsPack-<name>-<8 characters>`. */
  readonly framework?: string;
  /** The name of an organization's pack, which matches only the packs that the organization deploys. */
  readonly organizationPack?: string;
  /** A part of the name that an overview shows of a pack; case does not matter. */
  readonly packLabelContains?: string;
  /** A part of an account's ID or name; case does not matter. */
  readonly accountContains?: string;
  /** A part of a failing rule's name; case does not matter. */
  readonly ruleContains?: string;
}

export const contents = ['rows', 'rules', 'resources'] as const;
/** What an export contains: packs; also their rules; also the failing resources of these. */
export type ExportContent = (typeof contents)[number];

export const resourceColumns = ['exceptions', 'owners'] as const;
/** Optional columns of failing resources, each with requests of its own. Aggregators do not have them. */
export type ResourceColumn = (typeof resourceColumns)[number];

/** What to export. */
export interface ExportQuery {
  /** One section each, in this order. */
  readonly sources: readonly ExportSource[];
  /** Connections that could not be read, so that sources may be missing. */
  readonly unreadSources: readonly ReadFailure[];
  readonly filter: ExportFilter;
  readonly grouping: Grouping;
  /** Undefined: data formats have an aggregator's rows as AWS Config returns them, reports the worst first. */
  readonly order: PackOrder | undefined;
  readonly content: ExportContent;
  readonly resourceColumns: readonly ResourceColumn[];
  /** The tag that names the owner of a resource. */
  readonly ownerTag: string;
  /** The scopes that have published scores, which `filter.scoreBelow` compares an aggregator's rows with. */
  readonly scoredScopes: readonly ResolvedConnection[];
  /** The names of accounts by ID, which `filter.accountContains` is compared with. */
  readonly accountNames: ReadonlyMap<string, string>;
  /** The scores of the last visit, which a scope's packs are compared with. */
  readonly getEarlierScore?: GetEarlierScore;
  /** The minimum score of a healthy pack, 0–100, which reports show beside a pack's score. */
  readonly scoreTarget?: number;
  /** The rules that a panel shows. Without it: all rules, largest estimated gain first. */
  readonly shownRules?: ShownRules;
}

/** The rules that a pack's panel shows. */
export interface ShownRules {
  /** The exact names, in their order. */
  readonly names: readonly string[];
  /** The panel's filter as text; empty if nothing is filtered. */
  readonly filter: string;
  /** The panel's order as text. */
  readonly order: string;
}

/** A query for everything in some sources. */
export const createQuery = (sources: readonly ExportSource[], change: Partial<ExportQuery> = {}): ExportQuery => ({
  sources,
  unreadSources: [],
  filter: {},
  grouping: 'none',
  order: undefined,
  content: 'rows',
  resourceColumns: [],
  ownerTag: '',
  scoredScopes: [],
  accountNames: new Map(),
  ...change,
});
