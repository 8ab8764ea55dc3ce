import { getManagedRule } from '../catalog.ts';
import type { Aggregator, Estate, Pack, PackState, Rule, RuleCounts, Scope, SourceStatus } from '../estate.ts';
import { hash } from '../hash.ts';
import { createRecorderFailure, type Rollout } from '../organization.ts';
import { createPack, createRule, failureReasons } from '../packs.ts';
import { PackTable } from '../packTable.ts';
import { countRules } from '../scoring.ts';
import { createSourceStatus } from '../sources.ts';
import { blueprints } from './blueprints.ts';
import {
  type Account,
  accounts,
  homeRegion,
  newAccount,
  regions,
  securityAccount,
  suspendedAccount,
  troubledSources,
} from './company.ts';
import { homeFailing, homeInventory, homePacks } from './home.ts';

const ids = accounts.map(({ id }) => id);
const organizationPacks = Object.keys(blueprints).filter((name) => name.startsWith('OrgConformsPack-'));
const commonPacks = [...organizationPacks, 'aws-control-tower-detective-guardrails'];
const serversPerRegion = new Map([
  ['us-east-1', 12],
  ['eu-central-1', 8],
  ['ap-southeast-2', 5],
]);

/** A company with twelve accounts in three regions. Its home scope is the security account in us-east-1. */
export function demoEstate(now: Date = new Date()): Estate {
  const table = new PackTable();
  for (const account of accounts) {
    for (const region of regions) {
      const scope = { account: account.id, region };
      for (const [name, state] of listPacks(account, region)) {
        const pack = createPack(scope, name, state, now, getReason(state));
        table.put({ pack, rules: createRules(pack, account) });
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

  /**
   * Data protection leaves out a suspended account, and is still in progress in the home region although every account
   * is done. Outside of the home region, the security baseline cannot be created in a new account.
   */
  rollout(pack: string, region: string): Rollout {
    const isDataProtection = pack.includes('data-protection');
    const isAtHome = region === homeRegion;
    return {
      excludedAccounts: isDataProtection ? [suspendedAccount] : [],
      failures: isDataProtection || isAtHome ? [] : [createRecorderFailure(newAccount)],
      isStuck: isDataProtection && isAtHome,
    };
  }

  /** The account in which aggregators fail to collect data does not record its packs either. */
  recordsPacks({ account, region }: Scope): boolean {
    return troubledSources[`${account} ${region}`] !== 'FAILED';
  }

  aggregators({ account, region }: Scope): readonly Aggregator[] {
    return this.#aggregators.filter((aggregator) => aggregator.account === account && aggregator.region === region);
  }

  sourceStatus({ account, region }: Scope): SourceStatus {
    return createSourceStatus(troubledSources[`${account} ${region}`] ?? 'SUCCEEDED', this.#now);
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

/** Outside of the home scope, every account has the organization's packs and its own, and a few deployments fail. */
function listPacks({ id, packs }: Account, region: string): readonly (readonly [string, PackState])[] {
  if (isHome({ account: id, region })) return Object.entries(homePacks);
  return [...commonPacks, ...packs].map((name) => [name, chooseState(id, region, name)]);
}

function chooseState(...parts: readonly string[]): PackState {
  const states: readonly PackState[] = ['CREATE_FAILED', 'DELETED', 'DELETED', 'CREATE_IN_PROGRESS', 'DELETE_FAILED'];
  return states[hash('state', ...parts) % 60] ?? 'CREATE_COMPLETE';
}

function getReason(state: PackState): string | undefined {
  if (state === 'CREATE_FAILED') return failureReasons.create;
  return state === 'DELETE_FAILED' ? failureReasons.delete : undefined;
}

/** A rule has the same results in every pack of a scope, because it evaluates the same resources. */
function createRules(pack: Pack, { complianceRate }: Account): readonly Rule[] {
  return (blueprints[pack.name] ?? []).map((name) => {
    const managed = getManagedRule(name);
    const resources = countResources(pack, managed.resourceType);
    return createRule(pack, managed, resources, countFailing(pack, name, resources, complianceRate));
  });
}

function countResources(scope: Scope, type: string): number {
  if (isHome(scope)) return homeInventory[type] ?? 0;
  if (type === 'AWS::::Account') return 1;
  return hash('inventory', scope.account, scope.region, type) % (serversPerRegion.get(scope.region) ?? 1);
}

function countFailing(scope: Scope, rule: string, resources: number, complianceRate: number): number {
  if (isHome(scope)) return homeFailing[rule] ?? 0;
  const draw = (hash('failing', scope.account, scope.region, rule) % 1000) / 1000;
  return draw < complianceRate ? 0 : Math.ceil(resources * (1 - draw + (1 - complianceRate) / 2));
}
