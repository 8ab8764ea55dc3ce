import assert from 'node:assert/strict';
import { type ConfigService, generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, type TreeOptions, withOpenTree } from '../../support/tree/openTree.ts';
import { render } from './rendering.ts';

const operation = 'DescribeConfigurationAggregatorSourcesStatus';

/** Runs `use` on a tree whose aggregator `organization` has been opened, with what goes wrong from then on. */
const withOrganization = (
  options: TreeOptions & { readonly faults?: ConfigService['faults'] },
  use: (tree: OpenTree) => void | Promise<void>,
) =>
  withOpenTree({ attempts: 1, ...options }, async (tree) => {
    const [organization] = tree.shown.nodesOfKind('aggregator');
    assert.equal(organization?.aggregator.name, 'organization');
    tree.service.faults = options.faults ?? {};
    tree.shown.expand(organization);
    await tree.shown.waitUntilIdle();
    await use(tree);
  });

const below = ({ shown }: OpenTree): string[] =>
  shown.lines.flatMap(({ node, depth }) => (depth === 1 && node.kind !== 'pack' ? [node.kind] : []));

describe('the sources of an aggregator', () => {
  it('that are in trouble stand above what it has', () =>
    withOrganization({}, ({ shown }) =>
      assertGolden(
        import.meta.url,
        'sources.txt',
        render(shown, { tooltips: true }).replace(/^[\s\S]*?(?=▾ organ)/, ''),
      ),
    ));

  it('are told of whatever it is grouped by, and asked for once', () =>
    withOrganization({}, async (tree) => {
      for (const groupBy of ['region', 'status', 'pack'] as const) {
        tree.shown.setQuery({ groupBy });
        await tree.shown.waitUntilIdle();
        assert.equal(tree.shown.nodesOfKind('sources').length, 1, groupBy);
      }
      assert.equal(tree.service.requests.count(operation), 1);
    }));

  it('are read again with it', () =>
    withOrganization({}, async (tree) => {
      tree.shown.refresh(tree.shown.nodesOfKind('aggregator')[0]);
      await tree.shown.waitUntilIdle();
      assert.equal(tree.service.requests.count(operation), 2);
    }));

  it('take one request and no line where all of 10,000 accounts are in order', () =>
    withOrganization({ estate: generatedEstate({ accounts: 10_000, regions: 3, packs: 1 }, noon) }, (tree) => {
      assert.equal(tree.service.requests.count(operation), 1);
      assert.deepEqual(tree.shown.nodesOfKind('sources'), []);
    }));

  it('take one request where very many are in trouble, and are then known to be more', () => {
    const estate = generatedEstate({ accounts: 500, regions: 3, packs: 1, troubledSources: 200 }, noon);
    return withOrganization({ estate }, (tree) => {
      assert.equal(tree.service.requests.count(operation), 1);
      const [node] = tree.shown.nodesOfKind('sources');
      assert.deepEqual([node?.sources.length, node?.isComplete], [100, false]);
      assert.match(render(tree.shown), /\d+ sources failed, \d+ outdated, possibly more \| The source account/);
    });
  });

  for (const [what, faults] of [
    ['may not be asked for', { refuse: { [operation]: { name: 'AccessDeniedException' } } }],
    ['cannot be asked for', { only: [operation], throttleEvery: 1 }],
  ] as const) {
    it(`cost nothing but a line of its tooltip where they ${what}`, () =>
      withOrganization({ faults }, (tree) => {
        assert.deepEqual(new Set(below(tree)), new Set(['group']));
        const [organization] = tree.shown.nodesOfKind('aggregator');
        const title = what.startsWith('may') ? `Not permitted: config:${operation}` : 'AWS is throttling requests';
        const expected = `Source status unavailable. ${title}`;
        assert(organization && render(tree.shown, { tooltips: true }).includes(expected));
      }));
  }
});
