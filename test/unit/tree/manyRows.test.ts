import assert from 'node:assert/strict';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, withOpenTree } from '../../support/tree/openTree.ts';

const estate = generatedEstate({ accounts: 60, regions: 5, packs: 10 }, noon);

const withAllRows = (use: (tree: OpenTree) => void | Promise<void>) =>
  withOpenTree({ estate }, async (tree) => {
    tree.shown.setQuery({ groupBy: 'none' });
    const [aggregator] = tree.shown.nodesOfKind('aggregator');
    assert(aggregator);
    tree.shown.expand(aggregator);
    await tree.shown.waitUntilIdle();
    await tree.shown.model.getChildList(aggregator)?.loadAll();
    await tree.shown.waitUntilIdle();
    await use(tree);
  });

const getShownPacks = ({ shown }: OpenTree): string[] => shown.nodesOfKind('row').map(({ row }) => row.pack);
const getMore = ({ shown }: OpenTree) => shown.nodesOfKind('more').at(-1);

describe('a list with more rows than the tree shows', () => {
  it('shows the first rows, and more of them without a request', () =>
    withAllRows(async (tree) => {
      const list = getMore(tree)?.list;
      assert(list);
      const total = list.rows.length;
      assert(total > 2_000 && list.isComplete, `${total} rows`);
      assert.equal(getShownPacks(tree).length, 2_000);
      assert.equal(getMore(tree)?.hiddenCount, total - 2_000);
      const requests = tree.service.requests.count();
      tree.shown.model.showMore(list);
      tree.shown.setQuery({});
      await tree.shown.waitUntilIdle();
      assert.equal(getShownPacks(tree).length, total);
      assert.equal(getMore(tree), undefined);
      assert.equal(tree.service.requests.count(), requests);
    }));

  it('shows the first rows of the order', () =>
    withAllRows(async (tree) => {
      tree.shown.setQuery({ order: { by: 'name', descending: true } });
      await tree.shown.waitUntilIdle();
      const packs = getShownPacks(tree);
      assert.deepEqual(packs, packs.toSorted().reverse());
    }));

  it('counts all rows that match the filter', () =>
    withAllRows(async (tree) => {
      tree.shown.setQuery({ filter: { nameContains: '-' } });
      await tree.shown.waitUntilIdle();
      const more = getMore(tree);
      assert.equal(more?.matchingCount, 2_000 + (more?.hiddenCount ?? 0));
    }));
});
