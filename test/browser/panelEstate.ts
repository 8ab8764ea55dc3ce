import type { Estate, Pack, Rule, Scope } from '../config-service/estate/estate.ts';
import { createPack } from '../config-service/estate/packs.ts';
import { PackTable } from '../config-service/estate/packTable.ts';
import { demoEstate } from '../config-service/index.ts';

/** Texts that try to inject markup or break the layout. */
export const hostile = {
  pack: 'hostile-pack',
  html: '<img src=x onerror="alert(1)"><script>alert(2)</script><a href="command:workbench.action.closeWindow">here</a>',
  markdown: '[click](command:workbench.action.closeWindow) ![x](https://evil.example/x.png) `code` **bold** $(error)',
  rightToLeft: '\u202Etxt.exe\u202C \u200Fabc\u200E \u2066isolated',
  long: `${'a-very-long-line '.repeat(125)}end`,
} as const;

export const large = { pack: 'large-pack', rules: 130, failing: 20_020, passing: 5_980 } as const;

/** Returns the demo estate with two more packs in the home scope: one with hostile texts and a large one. */
export function createPanelEstate(now = new Date()): Estate {
  return new PanelEstate(demoEstate(now), now);
}

class PanelEstate implements Estate {
  readonly #base: Estate;
  readonly #added = new PackTable();
  readonly home: Scope;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly organizationPacks: readonly string[];

  constructor(base: Estate, now: Date) {
    this.#base = base;
    this.home = base.home;
    this.accounts = base.accounts;
    this.regions = base.regions;
    this.organizationPacks = base.organizationPacks;
    this.#added.put(hostilePack(base.home, now));
    this.#added.put(largePack(base.home, now));
  }

  rollout(pack: string, region: string) {
    return this.#base.rollout(pack, region);
  }

  recordsPacks(scope: Scope) {
    return this.#base.recordsPacks(scope);
  }

  aggregators(scope: Scope) {
    return this.#base.aggregators(scope);
  }

  sourceStatus(scope: Scope) {
    return this.#base.sourceStatus(scope);
  }

  packNames(scope: Scope): readonly string[] {
    return [...this.#added.names(scope), ...this.#base.packNames(scope)].sort();
  }

  pack(scope: Scope, name: string): Pack | undefined {
    return this.#added.get(scope, name)?.pack ?? this.#base.pack(scope, name);
  }

  rules(pack: Pack): readonly Rule[] {
    return this.#added.get(pack, pack.name)?.rules ?? this.#base.rules(pack);
  }

  ruleCounts(pack: Pack) {
    return this.#base.ruleCounts(pack);
  }
}

function hostilePack(home: Scope, now: Date) {
  const { html, markdown, rightToLeft, long } = hostile;
  const pack = createPack(home, hostile.pack, 'DELETE_FAILED', now, `${html}\n${markdown}\n${rightToLeft}\n${long}`);
  const rules = [html, markdown, rightToLeft, long].map((text, index) => ({
    name: `${text}-${pack.id}`,
    controls: [text],
    resourceType: text,
    annotation: text,
    resources: 9 - index,
    failing: 9 - index,
  }));
  return { pack, rules };
}

function largePack(home: Scope, now: Date) {
  const pack = createPack(home, large.pack, 'CREATE_COMPLETE', now);
  const rules = Array.from({ length: large.rules }, (_, index) => ({
    name: `rule-${String(index).padStart(3, '0')}-${pack.id}`,
    controls: [`AC-${index % 20}`],
    resourceType: 'AWS::S3::Bucket',
    annotation: 'Versioning is not enabled.',
    resources: (large.failing + large.passing) / large.rules,
    failing: large.failing / large.rules,
  }));
  return { pack, rules };
}
