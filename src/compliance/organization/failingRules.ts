import type { SlicedWork } from '../../timeSlicing.ts';
import { compareTexts } from '../compareTexts.ts';
import type { AggregateRule } from '../organizationModel.ts';
import { splitRuleName } from '../ruleName.ts';
import { matchesAccount } from './matchesAccount.ts';
import { StringTable } from './stringTable.ts';

/** A number of failing resources. AWS Config counts those of each deployed rule up to a cap, and of some not at all. */
export interface FailingResources {
  readonly count: number;
  /** Whether there may be more than `count`. */
  readonly isCapped: boolean;
}

/** The same rule over accounts and regions. */
export interface RuleRank {
  /** The name without the suffix that a deployment adds. */
  readonly rule: string;
  /** The number of accounts where it fails. */
  readonly accounts: number;
  /** The number of deployed rules that fail. */
  readonly deployedRules: number;
  readonly resources: FailingResources;
}

/** A rule in one account and region, over the packs that contain it. */
export interface RuleLocationRank extends Omit<RuleRank, 'rule' | 'accounts'> {
  readonly account: string;
  readonly region: string;
}

/** Restricts the rules to rank. An absent member does not restrict. */
export interface RuleSelection {
  readonly hasRule?: (rule: string) => boolean;
  readonly hasAccount?: (account: string) => boolean;
  readonly hasRegion?: (region: string) => boolean;
}

/** A filter of failing rules as people type it. An absent member does not restrict. */
export interface RuleTextFilter {
  /** A part of the rule's name; case does not matter. */
  readonly ruleContains?: string;
  /** A part of the account's ID or name; case does not matter. */
  readonly accountContains?: string;
  readonly region?: string;
}

/** Selects the rules that match a filter. `accountNames`: names of accounts by ID. */
export function createRuleSelection(
  { ruleContains, accountContains, region }: RuleTextFilter,
  accountNames: ReadonlyMap<string, string>,
): RuleSelection {
  const text = ruleContains?.toLowerCase();
  return {
    ...(text !== undefined && { hasRule: (rule) => rule.toLowerCase().includes(text) }),
    ...(accountContains !== undefined && {
      hasAccount: (account) => matchesAccount(account, accountNames, accountContains),
    }),
    ...(region !== undefined && { hasRegion: (each) => each === region }),
  };
}

/** The rules that fail in an aggregator's accounts, grouped by their names without suffixes. Each deployed rule counts once. */
export class FailingRules {
  /** Account, region and suffix of deployed rules. The rules of one pack share them. */
  readonly #deployments = new StringTable();
  readonly #accounts: string[] = [];
  readonly #regions: string[] = [];
  /** By name without suffix, then by deployment: twice the failing resources, plus one if there may be more. */
  readonly #rules = new Map<string, Map<number, number>>();
  #length = 0;

  /** The number of deployed rules. */
  get length(): number {
    return this.#length;
  }

  /** Adds a non-compliant rule, or replaces it. Returns whether it is new. */
  add({ rule, account, region, resources, isCapped }: AggregateRule): boolean {
    const { templateName, suffix } = splitRuleName(rule);
    const deployment = this.#deployments.add(`${account}/${region}/${suffix}`);
    this.#accounts[deployment] ??= account;
    this.#regions[deployment] ??= region;
    const deployed = this.#rules.get(templateName) ?? new Map<number, number>();
    this.#rules.set(templateName, deployed);
    const isNew = !deployed.has(deployment);
    deployed.set(deployment, 2 * (resources ?? 0) + Number(isCapped || resources === undefined));
    if (isNew) this.#length += 1;
    return isNew;
  }

  /** Ranks rules: those that fail in most accounts first, then those with most failing resources. */
  *rank(selection: RuleSelection = {}): SlicedWork<readonly RuleRank[]> {
    const ranks: RuleRank[] = [];
    for (const rule of this.#rules.keys()) {
      yield;
      if (selection.hasRule?.(rule) === false) continue;
      const accounts = new Set<string>();
      const sum = new Sum();
      for (const { account, value } of this.#select(rule, selection)) {
        accounts.add(account);
        sum.add(value);
      }
      if (accounts.size > 0) ranks.push({ rule, accounts: accounts.size, ...sum.result });
    }
    return ranks.sort((a, b) => b.accounts - a.accounts || compareResources(a, b) || compareTexts(a.rule, b.rule));
  }

  /** Ranks the accounts and regions where a rule fails: those with most failing resources first. */
  rankLocations(rule: string, selection: RuleSelection = {}): readonly RuleLocationRank[] {
    const sums = new Map<string, { readonly account: string; readonly region: string; readonly sum: Sum }>();
    for (const { account, region, value } of this.#select(rule, selection)) {
      const key = `${account}/${region}`;
      const location = sums.get(key) ?? { account, region, sum: new Sum() };
      sums.set(key, location);
      location.sum.add(value);
    }
    return [...sums.values()]
      .map(({ account, region, sum }) => ({ account, region, ...sum.result }))
      .sort((a, b) => compareResources(a, b) || compareTexts(a.account, b.account) || compareTexts(a.region, b.region));
  }

  *#select(rule: string, { hasAccount, hasRegion }: RuleSelection) {
    for (const [deployment, value] of this.#rules.get(rule) ?? []) {
      const account = this.#accounts[deployment] ?? '';
      const region = this.#regions[deployment] ?? '';
      if (hasAccount?.(account) !== false && hasRegion?.(region) !== false) yield { account, region, value };
    }
  }
}

/** Sums deployed rules and their failing resources. */
class Sum {
  #rules = 0;
  #count = 0;
  #isCapped = false;

  add(value: number): void {
    this.#rules += 1;
    this.#count += Math.floor(value / 2);
    this.#isCapped ||= value % 2 === 1;
  }

  get result(): Omit<RuleRank, 'rule' | 'accounts'> {
    return { deployedRules: this.#rules, resources: { count: this.#count, isCapped: this.#isCapped } };
  }
}

const compareResources = (a: Pick<RuleRank, 'resources'>, b: Pick<RuleRank, 'resources'>): number =>
  b.resources.count - a.resources.count;
