import type { Rollout } from './organization.ts';

/** An account and region. AWS Config shares no local data between two scopes. */
export interface Scope {
  readonly account: string;
  readonly region: string;
}

/** AWS's deployment states, and `DELETED` for packs that only aggregators still contain. */
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
 * A rule without resources has insufficient data.
 */
export interface Rule {
  readonly name: string;
  readonly controls: readonly string[];
  readonly resourceType: string;
  readonly annotation: string;
  readonly resources: number;
  readonly failing: number;
}

/** The number of compliant rules, non-compliant rules and all rules of a pack. */
export interface RuleCounts {
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly total: number;
}

/** A configuration aggregator. It belongs to a scope and collects every listed account in every listed region. */
export interface Aggregator extends Scope {
  readonly name: string;
  readonly source: 'organization' | 'accounts';
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly createdAt: Date;
}

/** The outcome of the last collection of a scope's data by aggregators. */
export interface SourceStatus {
  readonly state: 'SUCCEEDED' | 'FAILED' | 'OUTDATED';
  readonly updatedAt: Date;
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * The data of AWS Config. It is read piece by piece, so that a response needs only its own rows in memory.
 * Accounts, regions and names are in ascending order of their code units.
 */
export interface Estate {
  /** The default scope, which also has the aggregators. */
  readonly home: Scope;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The organization's packs by their names in member accounts: `OrgConformsPack-<name>-<8>`. */
  readonly organizationPacks: readonly string[];
  /** Returns how the organization deploys one of `organizationPacks` in a region. */
  rollout(pack: string, region: string): Rollout;
  /** Whether a scope records the compliance of its packs, so that it has configuration items of them. */
  recordsPacks(scope: Scope): boolean;
  aggregators(scope: Scope): readonly Aggregator[];
  sourceStatus(scope: Scope): SourceStatus;
  /** Returns the names of a scope's packs, including deleted ones. */
  packNames(scope: Scope): readonly string[];
  pack(scope: Scope, name: string): Pack | undefined;
  rules(pack: Pack): readonly Rule[];
  /** Equals the counts of `rules(pack)`. Aggregators need only these, for a very large number of packs. */
  ruleCounts(pack: Pack): RuleCounts;
}
