import { managedRule } from '../catalog.ts';
import type { Aggregator, Estate, Pack, PackState, Rule, RuleCounts, Scope, SourceStatus } from '../estate.ts';
import { hash } from '../hash.ts';
import { failureReasons, packIn, ruleIn } from '../packs.ts';
import { PackTable } from '../packTable.ts';
import { countRules } from '../scoring.ts';
import { sourceStatusIn } from '../sources.ts';
import { blueprints } from './blueprints.ts';
import { type Account, accounts, homeRegion, regions, securityAccount, troubledSources } from './company.ts';
import { homeFailing, homeInventory, homePacks } from './home.ts';

const ids = accounts.map(({ id }) => id);
const organizationPacks = Object.keys(blueprints).filter((name) => name.startsWith('OrgConformsPack-'));
const everywhere = [...organizationPacks, 'aws-control-tower-detective-guardrails'];
const serversPerRegion = new Map([
  ['us-east-1', 12],
  ['eu-central-1', 8],
  ['ap-southeast-2', 5],
]);

/** A company of twelve accounts in three regions, seen from its security account in us-east-1, as it stands at `now`. */
export function demoEstate(now: Date = new Date()): Estate {
  const table = new PackTable();
  for (const account of accounts) {
    for (const region of regions) {
      const scope = { account: account.id, region };
      for (const [name, state] of packsOf(account, region)) {
        const pack = packIn(scope, name, state, now, reasonOf(state));
        table.put({ pack, rules: rulesOf(pack, account) });
      }
    }
  }
  return new DemoEstate(table, now);
}

class DemoEstate implements Estate {
  readonly home: Scope = { account: securityAccount, region: homeRegion };
  readonly accounts = ids;
  readonly regions = regions;
  readonly organizationPacks = organizationPacks;
  readonly #table: PackTable;
  readonly #now: Date;
  readonly #aggregators: readonly Aggregator[];

  constructor(table: PackTable, now: Date) {
    this.#table = table;
    this.#now = now;
    const createdAt = new Date(now.getTime() - 400 * 24 * 3_600_000);
    const payments = accounts.filter(({ purpose }) => /^(payments|orders)-/.test(purpose)).map(({ id }) => id);
    this.#aggregators = [
      { ...this.home, name: 'organization', source: 'organization', accounts: ids, regions, createdAt },
      { ...this.home, name: 'payments-and-orders', source: 'accounts', accounts: payments, regions, createdAt },
    ];
  }

  aggregators({ account, region }: Scope): readonly Aggregator[] {
    return this.#aggregators.filter((aggregator) => aggregator.account === account && aggregator.region === region);
  }

  sourceStatus({ account, region }: Scope): SourceStatus {
    return sourceStatusIn(troubledSources[`${account} ${region}`] ?? 'SUCCEEDED', this.#now);
  }

  packNames(scope: Scope): readonly string[] {
    return this.#table.names(scope);
  }

  pack(scope: Scope, name: string): Pack | undefined {
    return this.#table.get(scope, name)?.pack;
  }

  rules(pack: Pack): readonly Rule[] {
    return this.#table.get(pack, pack.name)?.rules ?? [];
  }

  ruleCounts(pack: Pack): RuleCounts {
    return countRules(this.rules(pack));
  }
}

function isHome({ account, region }: Scope): boolean {
  return account === securityAccount && region === homeRegion;
}

/** Elsewhere every account has the organization's packs and its own; a few of them are in trouble. */
function packsOf({ id, packs }: Account, region: string): readonly (readonly [string, PackState])[] {
  if (isHome({ account: id, region })) return Object.entries(homePacks);
  return [...everywhere, ...packs].map((name) => [name, elsewhereState(id, region, name)]);
}

function elsewhereState(...place: readonly string[]): PackState {
  const states: readonly PackState[] = ['CREATE_FAILED', 'DELETED', 'DELETED', 'CREATE_IN_PROGRESS', 'DELETE_FAILED'];
  return states[hash('state', ...place) % 60] ?? 'CREATE_COMPLETE';
}

function reasonOf(state: PackState): string | undefined {
  if (state === 'CREATE_FAILED') return failureReasons.create;
  return state === 'DELETE_FAILED' ? failureReasons.delete : undefined;
}

/** A rule finds the same in every pack of a scope, as it looks at the same resources. */
function rulesOf(pack: Pack, { care }: Account): readonly Rule[] {
  return (blueprints[pack.name] ?? []).map((name) => {
    const managed = managedRule(name);
    const resources = resourcesOf(pack, managed.resourceType);
    return ruleIn(pack, managed, resources, failingOf(pack, name, resources, care));
  });
}

function resourcesOf(scope: Scope, type: string): number {
  if (isHome(scope)) return homeInventory[type] ?? 0;
  if (type === 'AWS::::Account') return 1;
  return hash('inventory', scope.account, scope.region, type) % (serversPerRegion.get(scope.region) ?? 1);
}

function failingOf(scope: Scope, rule: string, resources: number, care: number): number {
  if (isHome(scope)) return homeFailing[rule] ?? 0;
  const luck = (hash('failing', scope.account, scope.region, rule) % 1000) / 1000;
  return luck < care ? 0 : Math.ceil(resources * (1 - luck + (1 - care) / 2));
}
