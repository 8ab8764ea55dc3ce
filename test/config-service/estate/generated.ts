import { type ManagedRule, managedRules } from './catalog.ts';
import type { Aggregator, Estate, Pack, PackState, Rule, RuleCounts, Scope, SourceStatus } from './estate.ts';
import { hash, hashText, lowerAlphanumeric } from './hash.ts';
import type { Rollout } from './organization.ts';
import { createPack, createRule, failureReasons } from './packs.ts';
import { createSourceStatus } from './sources.ts';

/** The size of an estate: packs per account and region, rules per pack, and the maximum of resources per rule. */
export interface EstateSize {
  readonly accounts: number;
  readonly regions: number;
  readonly packs: number;
  readonly rules?: number;
  readonly resources?: number;
  /** Of a thousand scopes, this many have failed and as many have outdated data in the aggregator. */
  readonly troubledSources?: number;
  /** Of a hundred packs, this many are missing in a scope. */
  readonly missingPacks?: number;
  /** The last accounts, in which the organization's packs are excluded and thus missing. */
  readonly excludedAccounts?: number;
  /** Of a hundred scopes, this many do not record the compliance of their packs. */
  readonly unrecordedScopes?: number;
  readonly seed?: number;
}

/** The regions, in the order in which larger estates use them. */
const regionOrder = (
  'us-east-1 eu-central-1 ap-southeast-2 us-west-2 eu-west-1 ap-northeast-1 ca-central-1 eu-north-1 sa-east-1 ' +
  'us-east-2 ap-south-1 eu-west-2 ap-southeast-1 us-west-1 eu-west-3 ap-northeast-2 ap-northeast-3'
).split(' ');

const subjects =
  'pci-dss nist-csf hipaa-security amazon-s3 logging serverless monitoring databases amazon-dynamodb compute-services ' +
  'load-balancing encryption-and-keys data-resiliency fedramp-moderate acsc-essential-8 apra-cpg-234 bnm-rmit cmmc-2-0-level-1 ' +
  'gxp-eu-annex-11 publicly-accessible-resources management-and-governance-services nist-800-171 soc-2 gramm-leach-bliley-act';

/** The deployment states of a hundred packs up to these numbers. The others are created. */
const troubles: readonly { readonly upTo: number; readonly state: PackState; readonly reason?: string }[] = [
  { upTo: 2, state: 'CREATE_FAILED', reason: failureReasons.create },
  { upTo: 3, state: 'CREATE_IN_PROGRESS' },
  { upTo: 4, state: 'DELETE_IN_PROGRESS' },
  { upTo: 5, state: 'DELETE_FAILED', reason: failureReasons.delete },
  { upTo: 8, state: 'DELETED' },
];
/** Of a hundred packs, those from this number on were never evaluated. */
const unevaluatedFrom = 97;

/**
 * Generates an estate of any size from a seed. Packs are computed on demand and not stored.
 * Its only aggregator, `organization`, contains everything.
 */
export function generatedEstate(size: EstateSize, now: Date = new Date()): Estate {
  return new GeneratedEstate(size, now);
}

class GeneratedEstate implements Estate {
  readonly home: Scope;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly organizationPacks: readonly string[];
  readonly #accountSet: ReadonlySet<string>;
  readonly #names: readonly string[];
  readonly #nameSet: ReadonlySet<string>;
  readonly #rules: readonly ManagedRule[];
  readonly #resources: number;
  readonly #troubledSources: number;
  readonly #missingPacks: number;
  readonly #unrecordedScopes: number;
  readonly #excludedAccounts: ReadonlySet<string>;
  readonly #seed: number;
  readonly #now: Date;

  constructor(size: EstateSize, now: Date) {
    const { accounts, regions, packs, rules = 20, resources = 10, seed = 1 } = size;
    const { troubledSources = 0, missingPacks = 0, unrecordedScopes = 0, excludedAccounts = 0 } = size;
    if (regions > regionOrder.length) throw new Error(`An estate has at most ${regionOrder.length} regions`);
    this.accounts = Array.from({ length: accounts }, (_, i) => String(100_000_000_000 + i * 7919));
    this.regions = regionOrder.slice(0, regions).sort();
    this.home = { account: this.accounts[0] ?? '', region: regionOrder[0] ?? '' };
    this.#accountSet = new Set(this.accounts);
    this.#names = Array.from({ length: packs }, (_, i) => createPackName(seed, i)).sort();
    this.#nameSet = new Set(this.#names);
    this.organizationPacks = this.#names.filter((name) => name.startsWith('OrgConformsPack-'));
    this.#rules = Array.from({ length: rules }, (_, i) => getManagedRuleAt(i));
    this.#resources = resources;
    this.#troubledSources = troubledSources;
    this.#missingPacks = missingPacks;
    this.#unrecordedScopes = unrecordedScopes;
    this.#excludedAccounts = new Set(this.accounts.slice(accounts - excludedAccounts));
    this.#seed = seed;
    this.#now = now;
  }

  /** Every third pack of the organization is stuck. */
  rollout(pack: string): Rollout {
    return {
      excludedAccounts: [...this.#excludedAccounts],
      failures: [],
      isStuck: hash(this.#seed, 'stuck', pack) % 3 === 0,
    };
  }

  recordsPacks(scope: Scope): boolean {
    return this.#draw('recorded', scope) % 100 >= this.#unrecordedScopes;
  }

  aggregators({ account, region }: Scope): readonly Aggregator[] {
    if (account !== this.home.account || region !== this.home.region) return [];
    const { accounts, regions } = this;
    return [{ account, region, name: 'organization', source: 'organization', accounts, regions, createdAt: this.#now }];
  }

  sourceStatus(scope: Scope): SourceStatus {
    const draw = this.#draw('source', scope) % 1000;
    if (draw < this.#troubledSources) return createSourceStatus('FAILED', this.#now);
    return createSourceStatus(draw < 2 * this.#troubledSources ? 'OUTDATED' : 'SUCCEEDED', this.#now);
  }

  packNames(scope: Scope): readonly string[] {
    if (!this.#has(scope)) return [];
    const isUneven = this.#missingPacks > 0 || this.#excludedAccounts.size > 0;
    return isUneven ? this.#names.filter((name) => !this.#isMissing(scope, name)) : this.#names;
  }

  pack(scope: Scope, name: string): Pack | undefined {
    if (!this.#has(scope) || !this.#nameSet.has(name) || this.#isMissing(scope, name)) return undefined;
    const { account, region } = scope;
    const draw = this.#draw('state', scope, name) % 100;
    const { state, reason } = troubles.find(({ upTo }) => draw < upTo) ?? { state: 'CREATE_COMPLETE' };
    return createPack({ account, region }, name, state, this.#now, reason);
  }

  /** Assigns states to rules in the order of the counts, starting at a random rule. */
  rules(pack: Pack): readonly Rule[] {
    const { nonCompliant, compliant, total } = this.ruleCounts(pack);
    const start = this.#draw('start', pack, pack.name) % total;
    return this.#rules.map((managed, i) => {
      const rank = (i + start) % total;
      if (rank >= nonCompliant + compliant) return createRule(pack, managed, 0, 0);
      const max = managed.resourceType === 'AWS::::Account' ? 1 : this.#resources;
      const resources = 1 + (this.#draw('resources', pack, managed.name) % max);
      const failing = 1 + (this.#draw('failing', pack, pack.name, managed.name) % resources);
      return createRule(pack, managed, resources, rank < nonCompliant ? failing : 0);
    });
  }

  /** A third of the packs are compliant. In the others, up to half of the rules are non-compliant. */
  ruleCounts(pack: Pack): RuleCounts {
    const total = this.#rules.length;
    const state = this.#draw('state', pack, pack.name) % 100;
    if (state >= unevaluatedFrom) return { compliant: 0, nonCompliant: 0, total };
    const draw = this.#draw('counts', pack, pack.name);
    const nonCompliant = draw % 3 === 0 ? 0 : (draw >>> 4) % (Math.floor(total / 2) + 1);
    const withoutData = (draw >>> 16) % (Math.floor(total / 10) + 1);
    return { compliant: total - nonCompliant - withoutData, nonCompliant, total };
  }

  #isMissing(scope: Scope, name: string): boolean {
    if (this.#excludedAccounts.has(scope.account) && name.startsWith('OrgConformsPack-')) return true;
    return this.#missingPacks > 0 && this.#draw('missing', scope, name) % 100 < this.#missingPacks;
  }

  #has({ account, region }: Scope): boolean {
    return this.#accountSet.has(account) && this.regions.includes(region);
  }

  #draw(salt: string, { account, region }: Scope, ...parts: readonly string[]): number {
    return hash(this.#seed, salt, account, region, ...parts);
  }
}

/** Every fourth pack belongs to the organization. After the last subject, packs are numbered. */
function createPackName(seed: number, index: number): string {
  const subject = subjects.split(' ')[index] ?? `team-${String(index).padStart(3, '0')}`;
  if (index % 4 !== 3) return `operational-best-practices-for-${subject}`;
  return `OrgConformsPack-${subject}-${hashText(8, lowerAlphanumeric, seed, index)}`;
}

/** Returns the managed rules in turn. From the second round on, names end with the number of the round. */
function getManagedRuleAt(index: number): ManagedRule {
  const managed = managedRules[index % managedRules.length];
  if (managed === undefined) throw new Error('There are no managed rules');
  const round = Math.floor(index / managedRules.length);
  return round === 0 ? managed : { ...managed, name: `${managed.name}-${round + 1}` };
}
