import assert from 'node:assert/strict';
import { asRecord } from '../../../src/compliance/unknownValues.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, withOpenTree, withTree } from '../../support/tree/openTree.ts';

/** The requests of the first load. */
const initialOperations = [
  'DescribeConfigurationAggregators',
  'DescribeConformancePackStatus',
  'GetCallerIdentity',
  'ListConformancePackComplianceScores',
];

const getOperations = ({ service }: OpenTree): string[] => service.requests.map(({ operation }) => operation).sort();

const getInputs = ({ service }: OpenTree, operation: string): unknown[] =>
  service.requests.filter((request) => request.operation === operation).map(({ input }) => input);

/** Expands nodes until none is collapsed. */
async function expandAll({ shown }: OpenTree): Promise<void> {
  for (let last = -1; last < shown.nodes.length; ) {
    last = shown.nodes.length;
    for (const node of shown.nodes) shown.expand(node);
    await shown.waitUntilIdle();
  }
}

describe('TreeModel requests', () => {
  // The first request of a process loads the SDK, which would distort the timing below.
  before(() => withOpenTree({}, async () => {}));

  it('sends nothing before the tree is visible', () =>
    withTree({}, async (tree) => {
      await tree.shown.waitUntilIdle();
      assert.deepEqual(getOperations(tree), []);
    }));

  it('reads identity, scores, deployments and aggregators first', () =>
    withOpenTree({}, async (tree) => assert.deepEqual(getOperations(tree), initialOperations)));

  it('sends the first requests at the same time', () =>
    withTree({ now: () => new Date() }, async (tree) => {
      const latencyMs = 600;
      tree.service.faults = { latencyMs };
      tree.shown.open();
      await tree.shown.waitUntilIdle();
      assert.equal(tree.shown.nodesOfKind('pack').length, 14);
      assert.deepEqual(getOperations(tree), initialOperations);
      const arrivals = tree.service.requests.map(({ at }) => at.getTime());
      const firstResponse = Math.min(...arrivals) + latencyMs;
      assert(
        Math.max(...arrivals) < firstResponse,
        `requests arrived at ${arrivals}, the first response was sent at ${firstResponse}`,
      );
    }));

  it('sends nothing when loaded children are requested again', () =>
    withOpenTree({}, async (tree) => {
      for (let i = 0; i < 20; i += 1) tree.shown.open();
      for (const node of tree.shown.nodes) tree.shown.model.getChildren(node);
      await expandAll(tree);
      const before = getOperations(tree).length;
      for (let i = 0; i < 20; i += 1) tree.shown.open();
      await tree.shown.waitUntilIdle();
      assert.equal(getOperations(tree).length, before);
    }));

  it('reads the summary and sources of an aggregator when it is expanded', () =>
    withOpenTree({}, async (tree) => {
      const [aggregator] = tree.shown.nodesOfKind('aggregator');
      assert(aggregator);
      tree.service.requests.clear();
      tree.shown.expand(aggregator);
      await tree.shown.waitUntilIdle();
      assert.deepEqual(getOperations(tree), [
        'DescribeConfigurationAggregatorSourcesStatus',
        'GetAggregateConformancePackComplianceSummary',
      ]);
    }));

  it('sends nothing when iterating the loaded nodes', () =>
    withTree({}, async (tree) => {
      assert.deepEqual(
        [...tree.shown.model.loadedNodes()].map(({ node }) => node.kind).filter((kind) => kind !== 'loading'),
        [],
      );
      await tree.shown.waitUntilIdle();
      assert.deepEqual(getOperations(tree), []);
    }));

  it('reads only visible lists when the tree is refreshed', () =>
    withOpenTree({}, async (tree) => {
      await expandAll(tree);
      for (const node of [...tree.shown.nodesOfKind('aggregator'), ...tree.shown.nodesOfKind('pack')])
        tree.shown.collapse(node);
      tree.service.requests.clear();
      tree.shown.refresh();
      await tree.shown.waitUntilIdle();
      assert.deepEqual(
        getOperations(tree),
        initialOperations.filter((operation) => operation !== 'GetCallerIdentity'),
      );
    }));

  it('reads only the lists below a node when it is refreshed', () =>
    withOpenTree({}, async (tree) => {
      await expandAll(tree);
      const [group] = tree.shown.nodesOfKind('group');
      assert(group);
      tree.service.requests.clear();
      tree.shown.refresh(group);
      await tree.shown.waitUntilIdle();
      assert.deepEqual(getOperations(tree), ['DescribeAggregateComplianceByConformancePacks']);
    }));

  it('reads the rows again when an aggregator with a denied summary is refreshed', () =>
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
      assert(
        getOperations(tree).includes('DescribeAggregateComplianceByConformancePacks'),
        `requests: ${getOperations(tree)}`,
      );
    }));

  it('passes supported filters to the service', () =>
    withOpenTree({}, async (tree) => {
      tree.service.requests.clear();
      const filter = {
        name: 'operational-best-practices-for-pci-dss',
        region: 'us-east-1',
        compliance: 'NON_COMPLIANT',
      };
      tree.shown.setQuery({ filter: { ...filter, compliance: 'NON_COMPLIANT', scoreBelow: 99, nameContains: 'pci' } });
      await tree.shown.waitUntilIdle();
      tree.shown.setQuery({ groupBy: 'none' });
      await expandAll(tree);
      const names = [filter.name];
      assert.deepEqual(getInputs(tree, 'ListConformancePackComplianceScores'), [
        { SortBy: 'SCORE', SortOrder: 'ASCENDING', Filters: { ConformancePackNames: names }, Limit: 20 },
      ]);
      assert.deepEqual(getInputs(tree, 'DescribeConformancePackStatus'), [{ ConformancePackNames: names, Limit: 20 }]);
      const rows = getInputs(tree, 'DescribeAggregateComplianceByConformancePacks');
      const ofOrganization = rows.filter((row) => asRecord(row).ConfigurationAggregatorName === 'organization');
      assert.deepEqual(ofOrganization[0], {
        ConfigurationAggregatorName: 'organization',
        Filters: { ConformancePackName: filter.name, ComplianceType: filter.compliance, AwsRegion: filter.region },
        Limit: 100,
      });
      assert.equal(rows.length, 2);
    }));

  it('sends nothing when the order is changed back', () =>
    withOpenTree({}, async (tree) => {
      const before = tree.shown.model.query;
      tree.shown.setQuery({ order: { by: 'name', descending: true } });
      await tree.shown.waitUntilIdle();
      tree.service.requests.clear();
      tree.shown.setQuery(before);
      await tree.shown.waitUntilIdle();
      assert.deepEqual(getOperations(tree), []);
    }));
});

describe('TreeModel', () => {
  it('shows scores only on aggregate rows of a connection’s own account and region', () =>
    withOpenTree({}, async (tree) => {
      tree.shown.setQuery({ groupBy: 'none' });
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
      assert(own.filter(({ score }) => score).length >= 10, 'rows of the own account have scores');
    }));

  it('adds scores to rows that were loaded before the scores', () =>
    withOpenTree({ connections: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] }, async ({ shown, service }) => {
      const { home } = service.estate;
      shown.setQuery({ groupBy: 'none', filter: { account: home.account } });
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

  it('loads the next page once when Load More is clicked twice', () => {
    const estate = generatedEstate({ accounts: 3, regions: 1, packs: 50 }, noon);
    return withOpenTree({ estate }, async ({ shown, service }) => {
      shown.setQuery({ groupBy: 'none' });
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
