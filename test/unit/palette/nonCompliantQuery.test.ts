import assert from 'node:assert/strict';
import { resolveAggregators } from '../../../src/compliance/queries/lookup.ts';
import { getNonCompliantRows, NonCompliantQuery } from '../../../src/views/palette/nonCompliantQuery.ts';
import type { PickerItem } from '../../../src/views/palette/quickPickItems.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { until } from '../../support/polling.ts';
import { withTree } from '../../support/tree/openTree.ts';
import { createContext, formatItems, getItems, runQuery } from './queries.ts';

const large = () => generatedEstate({ accounts: 400, regions: 3, packs: 5 });

function selectAggregator(query: NonCompliantQuery, { selection }: PickerItem): void {
  assert(selection.kind === 'aggregator');
  query.selectAggregator(selection.resolved);
}

describe('NonCompliantQuery', () => {
  it('lists several aggregators, then the rows of the selected one', () =>
    withTree({}, async (tree) => {
      const query = new NonCompliantQuery(createContext(tree));
      const aggregators = await runQuery(query);
      const [first] = aggregators;
      assert(first && aggregators.length > 1);
      selectAggregator(query, first);
      const rows = await runQuery(query);
      assertGolden(import.meta.url, 'non-compliant.txt', `${formatItems([...aggregators, ...rows.slice(0, 12)])}\n`);
      for (const { description, detail } of rows) {
        assert.match(description ?? '', /^\d+ of \d+ rules passing$/);
        assert.match(detail ?? '', /^\d{12} · [\w-]+ · loaded just now$/);
      }
    }));

  it('lists the rows of a single aggregator and loads more on request', () =>
    withTree({ estate: large() }, async (tree) => {
      const query = new NonCompliantQuery(createContext(tree));
      const items = await runQuery(query);
      const more = items.at(-1);
      assert(more?.selection.kind === 'more' && items.length > 500 && items.length < 650, `${items.length}`);
      assert.equal(more.description, `${items.length - 1} loaded`);
      query.requestMore();
      const moreItems = await runQuery(query);
      assert(moreItems.length >= items.length + 500);
      const keys = new Set(moreItems.map(({ key }) => key));
      assert(items.every(({ key }) => keys.has(key)));
    }));

  it('lists the rows worst first: the lowest share of passing rules, also among those with the typed text', () =>
    withTree({}, async (tree) => {
      const query = new NonCompliantQuery(createContext(tree));
      const [first] = await runQuery(query);
      assert(first);
      selectAggregator(query, first);
      await runQuery(query);
      for (const text of ['', 'us-east-1']) {
        const shares = getItems(query, false, text).map(({ description = '' }) => {
          const [passing = Number.NaN, all = Number.NaN] = description.match(/\d+/g)?.map(Number) ?? [];
          return passing / all;
        });
        assert(new Set(shares).size > 5);
        assert.deepEqual(
          shares,
          shares.toSorted((a, b) => a - b),
        );
      }
    }));

  it('resolves rows of a connection’s own scope to its own packs', () =>
    withTree({}, async (tree) => {
      const query = new NonCompliantQuery(createContext(tree));
      const [first] = await runQuery(query);
      assert(first);
      selectAggregator(query, first);
      const packs = (await runQuery(query)).flatMap(({ selection }) =>
        selection.kind === 'pack' ? [selection.pack] : [],
      );
      const { account, region } = tree.service.estate.home;
      for (const pack of packs) if ('row' in pack) assert(pack.row.account !== account || pack.row.region !== region);
      assert(packs.some((pack) => 'scope' in pack) && packs.some((pack) => 'row' in pack));
    }));

  it('does not take a text without a match for an empty result', () =>
    withTree({}, async (tree) => {
      const query = new NonCompliantQuery(createContext(tree));
      const [first] = await runQuery(query);
      assert(first);
      selectAggregator(query, first);
      await runQuery(query);
      assert.match(formatItems(getItems(query, false, 'no-such-pack')), /^info \| No match \|/);
    }));

  it('shows that it computes the matches of many rows', () =>
    withTree({ estate: generatedEstate({ accounts: 400, regions: 3, packs: 50 }) }, async (tree) => {
      const query = new NonCompliantQuery(createContext(tree));
      await runQuery(query);
      const [organization] = (await resolveAggregators(createContext(tree).getStores())).results;
      assert(organization);
      await getNonCompliantRows(organization).loadAll();
      const isComputed = new Promise<void>((resolve) => query.onDidCompute(resolve));
      assert.match(formatItems(getItems(query, false, 'no-such-pack')), /\| Loading… \|/);
      await isComputed;
      assert.match(formatItems(getItems(query, false, 'no-such-pack')), /^info \| No match \|/);
    }));

  it('explains an empty result', async () => {
    const texts: string[] = [];
    await withTree({}, async (tree) => {
      texts.push(formatItems(await runQuery(new NonCompliantQuery(createContext(tree, [{ region: 'us-nowhere-1' }])))));
      tree.service.faults = { refuse: { DescribeConfigurationAggregators: { name: 'AccessDeniedException' } } };
      texts.push(formatItems(await runQuery(new NonCompliantQuery(createContext(tree, [{ region: 'us-east-1' }])))));
    });
    await withTree({ estate: large() }, async (tree) => {
      tree.service.faults = {
        refuse: { DescribeAggregateComplianceByConformancePacks: { name: 'AccessDeniedException' } },
      };
      texts.push(formatItems(await runQuery(new NonCompliantQuery(createContext(tree)))));
    });
    await withTree({ signedOut: true }, async (tree) => {
      texts.push(formatItems(await runQuery(new NonCompliantQuery(createContext(tree)))));
    });
    assertGolden(import.meta.url, 'non-compliant-nothing.txt', `${texts.join('\n')}\n`);
  });

  it('reads the aggregators of the new connection after a reset', () =>
    withTree({}, async (tree) => {
      const query = new NonCompliantQuery(createContext(tree));
      const aggregators = await runQuery(query);
      const [first] = aggregators;
      assert(first);
      selectAggregator(query, first);
      await runQuery(query);
      tree.estate.reset();
      assert.deepEqual(formatItems(await runQuery(query)), formatItems(aggregators));
    }));

  it('aborts only the requests that it started', () =>
    withTree({ estate: large() }, async (tree) => {
      const context = createContext(tree);
      const [organization] = (await resolveAggregators(context.getStores())).results;
      assert(organization);
      const query = new NonCompliantQuery(context);
      query.selectAggregator(organization);
      const list = getNonCompliantRows(organization);

      tree.service.faults = { latencyMs: 60_000 };
      const closing = new AbortController();
      const run = query.run(closing.signal);
      await until('a request', () => list.state === 'loading');
      closing.abort();
      await run;
      assert.equal(list.state, 'idle');

      tree.service.faults = { latencyMs: 100 };
      const otherLoad = list.loadMore();
      const joining = new AbortController();
      const joinedRun = query.run(joining.signal);
      joining.abort();
      await Promise.all([otherLoad, joinedRun]);
      assert.equal(list.rows.length, 100);
    }));
});
