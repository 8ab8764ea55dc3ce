import assert from 'node:assert/strict';
import { type ConfigService, generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, type TreeOptions, withOpenTree } from '../../support/tree/openTree.ts';
import { render } from './rendering.ts';

const operation = 'DescribeConfigurationAggregatorSourcesStatus';

/** Runs `use` with the aggregator `organization` expanded. `faults` start before the expansion. */
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

const getChildKinds = ({ shown }: OpenTree): string[] =>
  shown.lines.flatMap(({ node, depth }) => (depth === 1 && node.kind !== 'pack' ? [node.kind] : []));

describe('aggregator sources', () => {
  it('shows unhealthy sources above the groups', () =>
    withOrganization({}, ({ shown }) =>
      assertGolden(
        import.meta.url,
        'sources.txt',
        render(shown, { tooltips: true }).replace(/^[\s\S]*?(?=▾ organ)/, ''),
      ),
    ));

  it('shows them in every grouping, with a single request', () =>
    withOrganization({}, async (tree) => {
      for (const groupBy of ['region', 'status', 'pack', 'none'] as const) {
        tree.shown.setQuery({ groupBy });
        await tree.shown.waitUntilIdle();
        assert.equal(tree.shown.nodesOfKind('sources').length, 1, groupBy);
      }
      assert.equal(tree.service.requests.count(operation), 1);
    }));

  it('reads them again when the aggregator is refreshed', () =>
    withOrganization({}, async (tree) => {
      tree.shown.refresh(tree.shown.nodesOfKind('aggregator')[0]);
      await tree.shown.waitUntilIdle();
      assert.equal(tree.service.requests.count(operation), 2);
    }));

  it('sends one request and shows no node if all 10,000 accounts are healthy', () =>
    withOrganization({ estate: generatedEstate({ accounts: 10_000, regions: 3, packs: 1 }, noon) }, (tree) => {
      assert.equal(tree.service.requests.count(operation), 1);
      assert.deepEqual(tree.shown.nodesOfKind('sources'), []);
    }));

  it('sends one request and shows that there may be more if many are unhealthy', () => {
    const estate = generatedEstate({ accounts: 500, regions: 3, packs: 1, troubledSources: 200 }, noon);
    return withOrganization({ estate }, (tree) => {
      assert.equal(tree.service.requests.count(operation), 1);
      const [node] = tree.shown.nodesOfKind('sources');
      assert.deepEqual([node?.sources.length, node?.isComplete], [100, false]);
      assert.match(render(tree.shown), /\d+ sources failed, \d+ outdated, possibly more \| The source account/);
    });
  });

  for (const [cause, title, faults] of [
    ['denied', `Not permitted: config:${operation}`, { refuse: { [operation]: { name: 'AccessDeniedException' } } }],
    ['throttled', 'AWS is throttling requests', { only: [operation], throttleEvery: 1 }],
  ] as const) {
    it(`shows a tooltip line instead if the request is ${cause}`, () =>
      withOrganization({ faults }, (tree) => {
        assert.deepEqual(new Set(getChildKinds(tree)), new Set(['group']));
        const [organization] = tree.shown.nodesOfKind('aggregator');
        const expected = `Source status unavailable. ${title}`;
        assert(organization && render(tree.shown, { tooltips: true }).includes(expected));
      }));
  }
});
