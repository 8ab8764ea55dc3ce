import { getManagedRule } from './catalog.ts';
import type { Aggregator, Estate, Pack, PackState, Rule, RuleCounts, Scope, SourceStatus } from './estate.ts';
import { hashText, lowerAlphanumeric } from './hash.ts';
import type { Rollout } from './organization.ts';
import { createPack, createRule } from './packs.ts';
import { PackTable, type PackWithRules } from './packTable.ts';
import { RuleEvaluations } from './ruleEvaluations.ts';
import { countRules, hasResults } from './scoring.ts';

/** The results of one managed rule in a new pack. */
export interface RuleResult {
  readonly rule: string;
  readonly resources: number;
  readonly failing: number;
}

/** An estate that can change while it is served. Changed packs override those of the base estate. */
export class ChangeableEstate implements Estate {
  readonly #base: Estate;
  readonly #now: () => Date;
  readonly #changed = new PackTable();
  /** The evaluations of rules that clients have started. */
  readonly ruleEvaluations: RuleEvaluations;

  constructor(base: Estate, now: () => Date) {
    this.#base = base;
    this.#now = now;
    this.ruleEvaluations = new RuleEvaluations(now);
  }

  get home(): Scope {
    return this.#base.home;
  }

  get accounts(): readonly string[] {
    return this.#base.accounts;
  }

  get regions(): readonly string[] {
    return this.#base.regions;
  }

  get organizationPacks(): readonly string[] {
    return this.#base.organizationPacks;
  }

  rollout(pack: string, region: string): Rollout {
    return this.#base.rollout(pack, region);
  }

  recordsPacks(scope: Scope): boolean {
    return this.#base.recordsPacks(scope);
  }

  aggregators(scope: Scope): readonly Aggregator[] {
    return this.#base.aggregators(scope);
  }

  sourceStatus(scope: Scope): SourceStatus {
    return this.#base.sourceStatus(scope);
  }

  packNames(scope: Scope): readonly string[] {
    const changed = this.#changed.names(scope);
    const names = this.#base.packNames(scope);
    return changed.every((name) => names.includes(name)) ? names : [...new Set([...names, ...changed])].sort();
  }

  pack(scope: Scope, name: string): Pack | undefined {
    return this.#changed.get(scope, name)?.pack ?? this.#base.pack(scope, name);
  }

  rules(pack: Pack): readonly Rule[] {
    return this.#changed.get(pack, pack.name)?.rules ?? this.#base.rules(pack);
  }

  ruleCounts(pack: Pack): RuleCounts {
    const changed = this.#changed.get(pack, pack.name);
    return changed === undefined ? this.#base.ruleCounts(pack) : countRules(changed.rules);
  }

  /** Makes all resources of a rule compliant and updates the score. The rule's name may omit the pack's id. */
  fixRule(account: string, region: string, name: string, rule: string): void {
    const { pack, rules } = this.#findExisting({ account, region }, name);
    const names = [rule, `${rule}-${pack.id}`];
    const fixed = rules.find((candidate) => names.includes(candidate.name));
    if (fixed === undefined) throw new Error(`No rule ${rule} in ${name}`);
    this.#changed.put({
      pack: { ...pack, scoredAt: this.#now() },
      rules: rules.map((candidate) => (candidate === fixed ? { ...candidate, failing: 0 } : candidate)),
    });
  }

  /** Changes the deployment state of a pack, requested now. An earlier reason is removed. */
  setDeployment(
    account: string,
    region: string,
    name: string,
    state: Exclude<PackState, 'DELETED'>,
    reason?: string,
  ): void {
    const { pack, rules } = this.#findExisting({ account, region }, name);
    const { reason: _reason, completedAt: _completedAt, ...rest } = pack;
    const now = this.#now();
    this.#changed.put({
      pack: {
        ...rest,
        state,
        requestedAt: now,
        ...(reason === undefined ? {} : { reason }),
        ...(state === 'CREATE_COMPLETE' ? { completedAt: now } : {}),
      },
      rules,
    });
  }

  /** Deletes a pack from its scope. Aggregators still contain it if it ever had rules. */
  deletePack(account: string, region: string, name: string): void {
    const { pack, rules } = this.#findExisting({ account, region }, name);
    this.#changed.put({ pack: { ...pack, state: 'DELETED' }, rules: hasResults(pack) ? rules : [] });
  }

  /** Adds a pack of managed rules, created and scored now. A deleted pack of the same name had another id. */
  addPack(account: string, region: string, name: string, results: readonly RuleResult[]): void {
    const now = this.#now();
    const predecessor = this.pack({ account, region }, name);
    const pack = {
      ...createPack({ account, region }, name, 'CREATE_COMPLETE', now),
      ...(predecessor?.state === 'DELETED' && {
        id: `conformance-pack-${hashText(9, lowerAlphanumeric, predecessor.id)}`,
      }),
      requestedAt: now,
      completedAt: now,
    };
    const rules = results.map(({ rule, resources, failing }) =>
      createRule(pack, getManagedRule(rule), resources, failing),
    );
    this.#changed.put({ pack: { ...pack, scoredAt: now }, rules });
  }

  #findExisting(scope: Scope, name: string): PackWithRules {
    const pack = this.pack(scope, name);
    if (pack === undefined) throw new Error(`No pack ${name} in ${scope.account} ${scope.region}`);
    return { pack, rules: this.rules(pack) };
  }
}
