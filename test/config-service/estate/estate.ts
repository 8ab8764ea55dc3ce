/** Where AWS Config keeps things apart: nothing local is ever shared between two accounts or regions. */
export interface Scope {
  readonly account: string;
  readonly region: string;
}

/** AWS's deployment states, and the one that only an aggregator still remembers. */
export type PackState =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_FAILED'
  | 'DELETED';

/** A conformance pack in one account and region. `id` is `conformance-pack-<9>`. */
export interface Pack extends Scope {
  readonly name: string;
  readonly id: string;
  readonly state: PackState;
  readonly reason?: string;
  readonly requestedAt: Date;
  readonly completedAt?: Date;
  readonly scoredAt: Date;
}

/**
 * One rule of a pack with its results: of `resources` evaluated, `failing` are non-compliant.
 * A rule without resources has no result: insufficient data.
 */
export interface Rule {
  readonly name: string;
  readonly controls: readonly string[];
  readonly resourceType: string;
  readonly annotation: string;
  readonly resources: number;
  readonly failing: number;
}

/** How many rules of a pack hold, fail, and are there at all. */
export interface RuleCounts {
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly total: number;
}

/** A configuration aggregator, which lives in one scope and sees every listed account in every listed region. */
export interface Aggregator extends Scope {
  readonly name: string;
  readonly source: 'organization' | 'accounts';
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly createdAt: Date;
}

/** How the data of one account and region last came to the aggregators that look at it. */
export interface SourceStatus {
  readonly state: 'SUCCEEDED' | 'FAILED' | 'OUTDATED';
  readonly updatedAt: Date;
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * Everything AWS Config knows, asked for piece by piece, so that no answer needs more than its own rows in memory.
 * Accounts, regions and names come in ascending order of their code units.
 */
export interface Estate {
  /** The scope a person would sign in to, where the aggregators are. */
  readonly home: Scope;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** What the organization deploys, by the names that it has in the accounts: `OrgConformsPack-<name>-<8>`. */
  readonly organizationPacks: readonly string[];
  aggregators(scope: Scope): readonly Aggregator[];
  sourceStatus(scope: Scope): SourceStatus;
  /** The names of a scope's packs, deleted ones included. */
  packNames(scope: Scope): readonly string[];
  pack(scope: Scope, name: string): Pack | undefined;
  rules(pack: Pack): readonly Rule[];
  /** Equal to the counts over `rules(pack)`; asked apart because an aggregator needs only these, for very many packs. */
  ruleCounts(pack: Pack): RuleCounts;
}
