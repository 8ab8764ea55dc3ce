import assert from 'node:assert/strict';
import { FindQuery } from '../../../src/views/palette/findQuery.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { createContext, formatItems, getItems, runQuery } from './queries.ts';

const aggregateOperation = 'DescribeAggregateComplianceByConformancePacks';
const large = () => generatedEstate({ accounts: 30, regions: 3, packs: 50 }, noon);

const search = (query: FindQuery, text: string) => query.search(text, new AbortController().signal);

const getAggregateInputs = ({ service }: OpenTree) =>
  service.requests.filter(({ operation }) => operation === aggregateOperation).map(({ input }) => input);

describe('FindQuery', () => {
  it('lists own packs, then the rows of all aggregators with account and region', () =>
    withTree({}, async (tree) => {
      const query = new FindQuery(createContext(tree));
      await runQuery(query);
      assertGolden(import.meta.url, 'find-everywhere.txt', `${formatItems(getItems(query, false, 'pci'))}\n`);
    }));

  it('lists each pack once', () =>
    withTree({}, async (tree) => {
      const keys = (await runQuery(new FindQuery(createContext(tree)))).map(({ key }) => key);
      assert.equal(new Set(keys).size, keys.length);
    }));

  it('asks for a typed name that is not loaded', () =>
    withTree({ estate: large() }, async (tree) => {
      const query = new FindQuery(createContext(tree));
      await runQuery(query);
      const { accounts, regions } = tree.service.estate;
      const [region = ''] = regions;
      const name = tree.service.estate.packNames({ account: accounts.at(-1) ?? '', region }).at(-1) ?? '';
      // A pack without rules yet has no row.
      const hasRow = (account: string, each: string) =>
        /^(?!CREATE_[FI])/.test(tree.service.estate.pack({ account, region: each }, name)?.state ?? 'CREATE_FAILED');
      const expected = accounts.flatMap((account) =>
        regions.filter((each) => hasRow(account, each)).map((each) => `${account}/${each}/${name}`),
      );
      const getKeys = () =>
        getItems(query, false, name)
          .map(({ key }) => key)
          .filter((key) => key.endsWith(`/${name}`));
      assert(getKeys().length < expected.length);
      tree.service.requests.clear();
      await search(query, name);
      assert.deepEqual(getAggregateInputs(tree), [
        { ConfigurationAggregatorName: 'organization', Filters: { ConformancePackName: name }, Limit: 100 },
      ]);
      assert.deepEqual(getKeys().sort(), expected.sort());
    }));

  it('asks for nothing that is no name, or that is loaded', () =>
    withTree({}, async (tree) => {
      const query = new FindQuery(createContext(tree));
      await runQuery(query);
      tree.service.requests.clear();
      for (const text of ['', 'pc', 'two words', '111122223333', 'operational-best-practices-for-pci-dss'])
        await search(query, text);
      assert.deepEqual(getAggregateInputs(tree), []);
    }));

  it('shows why a typed name could not be read', () =>
    withTree({ estate: large(), attempts: 1 }, async (tree) => {
      const query = new FindQuery(createContext(tree));
      await runQuery(query);
      tree.service.faults = { refuse: { [aggregateOperation]: { name: 'AccessDeniedException' } } };
      await search(query, 'no-such-pack');
      assert.match(formatItems(getItems(query, false, 'no-such-pack')), /Not permitted: config:DescribeAggregate/);
    }));

  it('names the missing permission beside the own packs', () =>
    withTree({}, async (tree) => {
      tree.service.faults = { refuse: { DescribeConfigurationAggregators: { name: 'AccessDeniedException' } } };
      const items = await runQuery(new FindQuery(createContext(tree)));
      assert.equal(items.filter(({ selection }) => selection.kind === 'pack').length, 14);
      assert.match(formatItems(items), /Not permitted: config:DescribeConfigurationAggregators/);
    }));

  it('loads more rows of an aggregator on request', () =>
    withTree({ estate: large() }, async (tree) => {
      const query = new FindQuery(createContext(tree));
      const items = await runQuery(query);
      // The 42 own packs and the first rows.
      assert.equal(items.at(-1)?.description, '542 loaded');
      query.requestMore();
      assert.equal((await runQuery(query)).at(-1)?.description, '1042 loaded');
    }));

  it('goes on after a cancelled run instead of showing that there is nothing', () =>
    withTree({}, async (tree) => {
      const query = new FindQuery(createContext(tree));
      await query.run(AbortSignal.abort());
      assert.equal(formatItems(getItems(query)), 'ellipsis | Load more… | 0 loaded');
    }));

  it('shows that the own scope and the aggregators are empty, with their age', () =>
    withTree({ estate: generatedEstate({ accounts: 1, regions: 1, packs: 0 }, noon) }, async (tree) => {
      const items = formatItems(await runQuery(new FindQuery(createContext(tree))));
      assert.match(
        items,
        /^info \| No conformance packs \| loaded just now\n.* Aggregators without packs: organization\.$/,
      );
    }));

  it('says how many matches a long list leaves out', () =>
    withTree({ estate: large() }, async (tree) => {
      const query = new FindQuery(createContext(tree));
      await runQuery(query);
      const [store] = createContext(tree).getStores();
      await store?.getAggregateRows('organization', {}).loadAll();
      const total = store?.getAggregateRows('organization', {}).rows.length ?? 0;
      assert.match(formatItems(getItems(query)), new RegExp(`${total - 2000} more match`));
      assert.match(formatItems(getItems(query, false, 'no-such-pack')), /No match/);
    }));
});
