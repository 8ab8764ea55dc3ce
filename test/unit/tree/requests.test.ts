import assert from 'node:assert/strict';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, withOpenTree, withTree } from '../../support/tree/openTree.ts';

const firstSight = [
  'DescribeConfigurationAggregators',
  'DescribeConformancePackStatus',
  'GetCallerIdentity',
  'ListConformancePackComplianceScores',
];

const asked = ({ service }: OpenTree): string[] => service.requests.map(({ operation }) => operation).sort();

const inputs = ({ service }: OpenTree, operation: string): unknown[] =>
  service.requests.filter((request) => request.operation === operation).map(({ input }) => input);

/** Opens everything that is collapsed, until nothing is. */
async function expandAll({ shown }: OpenTree): Promise<void> {
  for (let last = -1; last < shown.nodes.length; ) {
    last = shown.nodes.length;
    for (const node of shown.nodes) shown.expand(node);
    await shown.waitUntilIdle();
  }
}

describe('what the tree asks the service', () => {
  // The first request of a process loads the SDK; what is measured here is what comes after.
  before(() => withOpenTree({}, async () => {}));

  it('is nothing before it is visible', () =>
    withTree({}, async (tree) => {
      await tree.shown.waitUntilIdle();
      assert.deepEqual(asked(tree), []);
    }));

  it('is three requests and the identity, for the first sight', () =>
    withOpenTree({}, async (tree) => assert.deepEqual(asked(tree), firstSight)));

  it('is under way all at once: the first rows come after one round trip', () =>
    withTree({ now: () => new Date() }, async (tree) => {
      const latencyMs = 600;
      tree.service.faults = { latencyMs };
      tree.shown.open();
      await tree.shown.waitUntilIdle();
      assert.equal(tree.shown.nodesOfKind('pack').length, 14);
      assert.deepEqual(asked(tree), firstSight);
      const arrivals = tree.service.requests.map(({ at }) => at.getTime());
      const firstAnswer = Math.min(...arrivals) + latencyMs;
      assert(
        Math.max(...arrivals) < firstAnswer,
        `they arrived at ${arrivals}, the first was answered at ${firstAnswer}`,
      );
    }));

  it('is nothing more when the same children are asked for again and again', () =>
    withOpenTree({}, async (tree) => {
      for (let i = 0; i < 20; i += 1) tree.shown.open();
      for (const node of tree.shown.nodes) tree.shown.model.getChildren(node);
      await expandAll(tree);
      const before = asked(tree).length;
      for (let i = 0; i < 20; i += 1) tree.shown.open();
      await tree.shown.waitUntilIdle();
      assert.equal(asked(tree).length, before);
    }));

  it('is nothing for a collapsed aggregator, and one summary and one look at its sources for an open one', () =>
    withOpenTree({}, async (tree) => {
      const [aggregator] = tree.shown.nodesOfKind('aggregator');
      assert(aggregator);
      tree.service.requests.clear();
      tree.shown.expand(aggregator);
      await tree.shown.waitUntilIdle();
      assert.deepEqual(asked(tree), [
        'DescribeConfigurationAggregatorSourcesStatus',
        'GetAggregateConformancePackComplianceSummary',
      ]);
    }));

  it('is nothing by looking through what is known', () =>
    withTree({}, async (tree) => {
      assert.deepEqual(
        [...tree.shown.model.loadedNodes()].map(({ node }) => node.kind).filter((kind) => kind !== 'loading'),
        [],
      );
      await tree.shown.waitUntilIdle();
      assert.deepEqual(asked(tree), []);
    }));

  it('is only what is looked at, on a refresh of everything', () =>
    withOpenTree({}, async (tree) => {
      await expandAll(tree);
      for (const node of [...tree.shown.nodesOfKind('aggregator'), ...tree.shown.nodesOfKind('pack')])
        tree.shown.collapse(node);
      tree.service.requests.clear();
      tree.shown.refresh();
      await tree.shown.waitUntilIdle();
      assert.deepEqual(
        asked(tree),
        firstSight.filter((operation) => operation !== 'GetCallerIdentity'),
      );
    }));

  it('is only what stands below it, on a refresh of a node', () =>
    withOpenTree({}, async (tree) => {
      await expandAll(tree);
      const [group] = tree.shown.nodesOfKind('group');
      assert(group);
      tree.service.requests.clear();
      tree.shown.refresh(group);
      await tree.shown.waitUntilIdle();
      assert.deepEqual(asked(tree), ['DescribeAggregateComplianceByConformancePacks']);
    }));

  it('reads rows again, too, on a refresh of an aggregator whose summary is denied', () =>
    withOpenTree({ attempts: 1 }, async (tree) => {
      tree.service.faults = {
        refuse: { GetAggregateConformancePackComplianceSummary: { name: 'AccessDeniedException' } },
      };
      const [aggregator] = tree.shown.nodesOfKind('aggregator');
      assert(aggregator);
      tree.shown.expand(aggregator);
      await tree.shown.waitUntilIdle();
      tree.service.requests.clear();
      tree.shown.refresh(tree.shown.nodesOfKind('aggregator')[0]);
      await tree.shown.waitUntilIdle();
      assert(asked(tree).includes('DescribeAggregateComplianceByConformancePacks'), `asked ${asked(tree)}`);
    }));

  it('leaves to the service what the service can filter', () =>
    withOpenTree({}, async (tree) => {
      tree.service.requests.clear();
      const filter = {
        name: 'operational-best-practices-for-pci-dss',
        region: 'us-east-1',
        compliance: 'NON_COMPLIANT',
      };
      tree.shown.setQuery({ filter: { ...filter, compliance: 'NON_COMPLIANT', scoreBelow: 99, nameContains: 'pci' } });
      await tree.shown.waitUntilIdle();
      tree.shown.setQuery({ groupBy: 'pack' });
      await expandAll(tree);
      const names = [filter.name];
      assert.deepEqual(inputs(tree, 'ListConformancePackComplianceScores'), [
        { SortBy: 'SCORE', SortOrder: 'ASCENDING', Filters: { ConformancePackNames: names }, Limit: 20 },
      ]);
      assert.deepEqual(inputs(tree, 'DescribeConformancePackStatus'), [{ ConformancePackNames: names, Limit: 20 }]);
      const rows = inputs(tree, 'DescribeAggregateComplianceByConformancePacks');
      const ofOrganization = rows.filter((row) => Object(row).ConfigurationAggregatorName === 'organization');
      assert.deepEqual(ofOrganization[0], {
        ConfigurationAggregatorName: 'organization',
        Filters: { ConformancePackName: filter.name, ComplianceType: filter.compliance, AwsRegion: filter.region },
        Limit: 100,
      });
      assert.equal(rows.length, 2);
    }));

  it('is the whole list again only for another order: a way back is free', () =>
    withOpenTree({}, async (tree) => {
      const before = tree.shown.model.query;
      tree.shown.setQuery({ order: { by: 'name', descending: true } });
      await tree.shown.waitUntilIdle();
      tree.service.requests.clear();
      tree.shown.setQuery(before);
      await tree.shown.waitUntilIdle();
      assert.deepEqual(asked(tree), []);
    }));
});

describe('what the tree shows', () => {
  it('carries a score only on rows of an own account and region', () =>
    withOpenTree({}, async (tree) => {
      tree.shown.setQuery({ groupBy: 'pack' });
      await tree.shown.waitUntilIdle();
      await expandAll(tree);
      const { account, region } = tree.service.estate.home;
      const rows = tree.shown.nodesOfKind('row');
      const own = rows.filter(({ row }) => row.account === account && row.region === region);
      assert.deepEqual(
        rows.filter(({ score }) => score !== undefined),
        own.filter(({ score }) => score !== undefined),
      );
      const scores = tree.shown.nodesOfKind('pack').map(({ pack }) => [pack.name, pack.score?.percent]);
      for (const { row, score } of own) {
        if (score) assert.deepEqual(scores.find(([name]) => name === row.pack)?.[1], score.percent);
      }
      assert(own.filter(({ score }) => score).length >= 10, 'rows of the own account have their scores');
    }));

  it('puts a score on a row also where the score comes later', () =>
    withOpenTree({ connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] }, async ({ shown, service }) => {
      const { home } = service.estate;
      shown.setQuery({ groupBy: 'pack', filter: { account: home.account } });
      await shown.waitUntilIdle();
      const [aggregator] = shown.nodesOfKind('aggregator');
      assert(aggregator);
      shown.expand(aggregator);
      await shown.waitUntilIdle();
      for (const node of shown.nodesOfKind('scope')) shown.expand(node);
      await shown.waitUntilIdle();
      const own = shown.nodesOfKind('row').filter(({ row }) => row.region === home.region);
      assert(
        own.some(({ score }) => score !== undefined),
        `${own.length} rows, none with a score`,
      );
    }));

  it('loads the next hundred rows once, though Load More is pressed twice', () => {
    const estate = generatedEstate({ accounts: 3, regions: 1, packs: 50 }, noon);
    return withOpenTree({ estate }, async ({ shown, service }) => {
      shown.setQuery({ groupBy: 'pack' });
      await shown.waitUntilIdle();
      for (const node of shown.nodesOfKind('aggregator')) shown.expand(node);
      await shown.waitUntilIdle();
      const before = shown.nodesOfKind('row').length;
      service.requests.clear();
      for (const more of shown.nodesOfKind('more')) {
        shown.activate(more);
        shown.activate(more);
      }
      await shown.waitUntilIdle();
      assert.equal(before, 100);
      assert(shown.nodesOfKind('row').length > before);
      assert.equal(service.requests.count('DescribeAggregateComplianceByConformancePacks'), 1);
    });
  });
});
