import assert from 'node:assert/strict';
import { splitPackName } from '../../../src/compliance/packName.ts';
import { hasResults } from '../../config-service/estate/scoring.ts';
import { type EstateSize, generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { callTool, formatOutput, tools } from './callTool.ts';

interface Counts {
  readonly packs: number;
  readonly nonCompliant: number;
}

interface Output {
  readonly aggregator: { readonly countedBy: string; readonly queryNotUsed?: string; readonly rowsRead: number };
  readonly totals: Counts & { readonly accounts: number };
  readonly accounts: readonly (Counts & { readonly account: string })[];
  readonly packs: readonly (Counts & {
    readonly pack: string;
    readonly isOrganizationPack: boolean;
    readonly accounts: number | null;
    readonly accountsLacking: number | null;
    readonly lackingAccounts: readonly string[] | null;
    readonly accountsUnknown: number | null;
    readonly lackingRegions: readonly string[] | null;
  })[];
}

const size = { accounts: 260, regions: 2, packs: 6, missingPacks: 20 };

const withEstate = (change: Partial<EstateSize>, use: (tree: OpenTree) => Promise<void>) =>
  withTree({ estate: generatedEstate({ ...size, ...change }, noon), attempts: 1 }, use);

const callOverview = ({ estate }: OpenTree, input: object = {}) =>
  callTool<object, Output>(tools.organizationOverview, estate, { input });

/** The packs that an aggregator lists. */
function findPacks({ service: { estate } }: OpenTree) {
  const scopes = estate.accounts.flatMap((account) => estate.regions.map((region) => ({ account, region })));
  const packs = scopes.flatMap((scope) => estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []));
  return packs.filter(hasResults);
}

const countRequests = ({ log }: OpenTree, name: string) => log.filter(({ operation }) => operation === name).length;

describe('the overview of a large aggregator', () => {
  it('takes a few requests, and never claims that a deployed pack is missing', () =>
    withEstate({ unrecordedScopes: 4 }, async (tree) => {
      const { aggregator, accounts, packs, totals, complete, cut } = await callOverview(tree, { limit: 100 });
      assert.deepEqual([aggregator.countedBy, complete], ['query', false]);
      assert(cut.some((text) => text.includes("AWS Config's query counts")));
      assert.equal(countRequests(tree, 'DescribeAggregateComplianceByConformancePacks'), 0);
      assert(countRequests(tree, 'SelectAggregateResourceConfig') < 30);
      assert.equal(
        totals.packs,
        packs.reduce((sum, each) => sum + each.packs, 0),
      );
      assert.equal(accounts.length, 100);
      const deployed = findPacks(tree);
      for (const {
        pack,
        accounts: present,
        accountsLacking,
        lackingAccounts,
        accountsUnknown,
        lackingRegions,
      } of packs) {
        assert.equal((present ?? 0) + (accountsLacking ?? 0) + (accountsUnknown ?? 0), size.accounts);
        const same = deployed.filter(({ name }) => splitPackName(name).baseName === pack);
        assert(!same.some(({ account }) => lackingAccounts?.includes(account)));
        assert(!same.some(({ region }) => lackingRegions?.includes(region)));
      }
      assert(packs.some(({ accountsLacking }) => (accountsLacking ?? 0) > 0));
    }));

  it('counts the same as rows of what is recorded', () =>
    withEstate({}, async (tree) => {
      const byQuery = await callOverview(tree, { limit: 100 });
      tree.service.faults = { refuse: { SelectAggregateResourceConfig: { name: 'AccessDeniedException' } } };
      const byRows = await callOverview(tree, { limit: 100 });
      assert.equal(byRows.aggregator.countedBy, 'rows');
      assert.match(byRows.aggregator.queryNotUsed ?? '', /config:SelectAggregateResourceConfig/);
      assert.deepEqual(byRows.notRead, []);
      const deleted = findPacks(tree).filter(({ state }) => state === 'DELETED');
      assert.equal(byQuery.totals.packs, byRows.totals.packs - deleted.length);
      const toPacks = ({ packs }: Output) => packs.map(({ pack }) => pack).sort();
      assert.deepEqual(toPacks(byQuery), toPacks(byRows));
    }));

  it('finds the accounts of one pack of the organization', () =>
    withEstate({}, async (tree) => {
      const { organizationPacks, accounts: all } = tree.service.estate;
      const [deployedName = ''] = organizationPacks;
      const { baseName } = splitPackName(deployedName);
      const expected = findPacks(tree).filter(({ name, state }) => name === deployedName && state !== 'DELETED');
      for (const pack of [baseName, deployedName]) {
        const { aggregator, packs, totals, accounts } = await callOverview(tree, { pack, limit: 100 });
        assert.equal(aggregator.countedBy, 'query');
        assert.deepEqual([packs.length, packs[0]?.pack, packs[0]?.isOrganizationPack], [1, baseName, true]);
        assert.equal(totals.packs, expected.length);
        assert.equal(totals.accounts, new Set(expected.map(({ account }) => account)).size);
        assert(accounts.every(({ account }) => all.includes(account)));
      }
    }));

  it('reads rows if most packs are not recorded', () =>
    withEstate({ unrecordedScopes: 50 }, async (tree) => {
      const { aggregator, totals } = await callOverview(tree);
      assert.equal(aggregator.countedBy, 'rows');
      assert.match(aggregator.queryNotUsed ?? '', /without recorded packs/);
      assert.equal(totals.packs, findPacks(tree).length);
    }));

  it('reads rows if no pack is recorded', () =>
    withEstate({ unrecordedScopes: 100 }, async (tree) => {
      const { aggregator, totals } = await callOverview(tree);
      assert.equal(aggregator.countedBy, 'rows');
      assert.match(aggregator.queryNotUsed ?? '', /no account records/);
      assert.equal(totals.packs, findPacks(tree).length);
    }));

  it('says what it counts', () =>
    withEstate({ unrecordedScopes: 4, troubledSources: 5 }, async (tree) => {
      assertGolden(import.meta.url, 'overview-query.txt', formatOutput(await callOverview(tree, { limit: 2 })));
    }));
});
