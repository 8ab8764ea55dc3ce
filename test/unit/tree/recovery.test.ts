import assert from 'node:assert/strict';
import { ComplianceError, type ErrorKind } from '../../../src/compliance/errors.ts';
import { summarize } from '../../../src/compliance/queries/connectionSummary.ts';
import type { ComplianceSource } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { formatStatus } from '../../../src/views/status/statusText.ts';
import { TreeModel } from '../../../src/views/tree/model/treeModel.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { createOrganizationSource, createResourceSource } from '../../support/fakeSource.ts';
import { noon, withOpenTree, withTree } from '../../support/tree/openTree.ts';
import { ShownTree } from '../../support/tree/shownTree.ts';

const empty = generatedEstate({ accounts: 1, regions: 1, packs: 0 }, noon);
const elsewhere = { estate: empty, connections: [{ region: 'eu-west-1' }] };

/** Opens a tree on a stub, for responses that the local service cannot give. */
function createTree(open: () => Promise<ComplianceSource>): ShownTree {
  const estate = new Estate({ open, aggregatorNames: () => [] });
  return new ShownTree(new TreeModel(estate, () => ({ connections: [{}], scoreTarget: 90 })), estate);
}

const emptyPage = async () => ({ items: [], next: undefined });

const source: ComplianceSource = {
  getScope: async () => ({ account: '111111111111', partition: 'aws', region: 'us-east-1' }),
  getCallerArn: async () => 'arn',
  listScores: emptyPage,
  listDeployments: emptyPage,
  listAggregators: emptyPage,
  listUnhealthySources: emptyPage,
  listPackCounts: emptyPage,
  listRows: emptyPage,
  listOrganizationPackNames: emptyPage,
  requestResources: (_signal, send) => send(createResourceSource()),
  requestOrganization: (_signal, send) => send(createOrganizationSource()),
  listRules: emptyPage,
  listEvaluations: emptyPage,
};

describe('Refresh', () => {
  it('reads an empty account again', () =>
    withOpenTree(elsewhere, async ({ shown, service }) => {
      assert.equal(shown.model.getWelcome(), 'noPacks');
      service.requests.clear();
      shown.refresh();
      await shown.waitUntilIdle();
      assert.equal(service.requests.count('ListConformancePackComplianceScores'), 1);
    }));

  for (const operation of [
    'ListConformancePackComplianceScores',
    'DescribeConformancePackStatus',
    'DescribeConfigurationAggregators',
  ] as const) {
    it(`shows a denial of ${operation} in an account without packs, and no emptiness`, () =>
      withOpenTree({ ...elsewhere, attempts: 1 }, async ({ shown, service, estate }) => {
        const [connection] = elsewhere.connections;
        assert(connection && shown.model.getEmptyReadAt() !== undefined);
        assert.match(formatStatus([summarize(estate.getStore(connection), 90)]) ?? '', /no packs/);
        service.faults = { refuse: { [operation]: { name: 'AccessDeniedException' } } };
        shown.refresh();
        await shown.waitUntilIdle();
        assert.equal(shown.model.getWelcome(), undefined);
        assert.deepEqual(
          shown.nodesOfKind('error').map(({ error }) => error.kind),
          ['denied'],
        );
        if (operation !== 'DescribeConfigurationAggregators')
          assert.doesNotMatch(formatStatus([summarize(estate.getStore(connection), 90)]) ?? '', /no packs/);
        service.faults = {};
        shown.refresh();
        await shown.waitUntilIdle();
        assert.equal(shown.model.getWelcome(), 'noPacks');
      }));
  }

  it('shows the packs after a sign-in', () =>
    withTree({ attempts: 1 }, async ({ shown, service }) => {
      service.faults = { expiredCredentials: true };
      shown.open();
      await shown.waitUntilIdle();
      assert.deepEqual([shown.model.getWelcome(), shown.nodes], ['signedOut', []]);
      service.faults = {};
      shown.refresh();
      await shown.waitUntilIdle();
      assert.deepEqual([shown.model.getWelcome(), shown.nodesOfKind('pack').length], [undefined, 14]);
    }));

  it('shows that AWS Config has been set up', () =>
    withTree({ ...elsewhere, attempts: 1 }, async ({ shown, service }) => {
      const noRecorder = { name: 'NoAvailableConfigurationRecorderException' };
      service.faults = {
        refuse: { ListConformancePackComplianceScores: noRecorder, DescribeConformancePackStatus: noRecorder },
      };
      shown.open();
      await shown.waitUntilIdle();
      assert.equal(shown.model.getWelcome(), 'notSetUp');
      service.faults = {};
      shown.refresh();
      await shown.waitUntilIdle();
      assert.equal(shown.model.getWelcome(), 'noPacks');
    }));

  it('removes deleted packs and adds new ones', () =>
    withOpenTree({}, async ({ shown, service }) => {
      const { account, region } = service.estate.home;
      const s3 = 'operational-best-practices-for-amazon-s3';
      service.estate.deletePack(account, region, s3);
      service.estate.addPack(account, region, 'new-pack', [{ rule: 'restricted-ssh', resources: 4, failing: 1 }]);
      shown.refresh();
      await shown.waitUntilIdle();
      const names = shown.nodesOfKind('pack').map(({ pack }) => pack.name);
      assert.deepEqual([names.includes(s3), names.includes('new-pack'), names.length], [false, true, 14]);
    }));

  it('shows an error of the aggregators where there were none', () =>
    withOpenTree({ ...elsewhere, attempts: 1 }, async ({ shown, service }) => {
      // A filter shows the tree instead of the welcome content.
      shown.setQuery({ filter: { nameContains: 'a' } });
      await shown.waitUntilIdle();
      service.faults = { htmlErrorEvery: 1, only: ['DescribeConfigurationAggregators'] };
      shown.refresh();
      await shown.waitUntilIdle();
      assert.equal(shown.nodesOfKind('error').length, 1);
    }));
});

describe('Retry', () => {
  it('loads every failed list again', () =>
    withTree({ attempts: 1 }, async ({ shown, service }) => {
      service.faults = { resetEvery: 1 };
      shown.open();
      await shown.waitUntilIdle();
      service.faults = {};
      for (const error of shown.nodesOfKind('error')) shown.activate(error);
      await shown.waitUntilIdle();
      assert.deepEqual(
        [shown.nodesOfKind('error').length, shown.nodesOfKind('pack').length, shown.nodesOfKind('aggregator').length],
        [0, 14, 2],
      );
    }));

  it('opens a source that could not be opened before', async () => {
    let opened = 0;
    const shown = createTree(async () => {
      opened += 1;
      if (opened === 1) throw new Error('a file of the extension could not be loaded');
      return {
        ...source,
        listScores: async () => ({
          items: [{ pack: 'a', percent: 1, text: undefined, updatedAt: 0 }],
          next: undefined,
        }),
      };
    });
    shown.open();
    await shown.waitUntilIdle();
    assert.equal(shown.nodesOfKind('error').length, 1);
    for (const error of shown.nodesOfKind('error')) shown.activate(error);
    await shown.waitUntilIdle();
    assert.deepEqual([shown.nodesOfKind('error').length, shown.nodesOfKind('pack').length], [0, 1]);
  });
});

describe('node ids', () => {
  it('are unique when both parts of a list fail', async () => {
    const fail = (kind: ErrorKind) => async () => {
      throw new ComplianceError(kind, 'for a test');
    };
    const failing = { listScores: fail('staleCursor'), listDeployments: fail('timedOut') };
    const shown = createTree(async () => ({ ...source, ...failing }));
    shown.open();
    await shown.waitUntilIdle();
    assert.equal(shown.nodesOfKind('error').length, 2);
  });

  it('are unique when an aggregator is named like a state node', async () => {
    const listAggregators = async () => ({
      items: ['more', 'empty', 'loading', 'error'].map((name) => ({ name, arn: undefined, sources: undefined })),
      next: 'goes on',
    });
    const shown = createTree(async () => ({ ...source, listAggregators }));
    shown.open();
    await shown.waitUntilIdle();
    assert.deepEqual([shown.nodesOfKind('aggregator').length, shown.nodesOfKind('more').length], [4, 1]);
  });
});

describe('a sign-in that expires while data is shown', () => {
  const getErrorKinds = (shown: ShownTree) => shown.nodesOfKind('error').map(({ error }) => error.kind);

  it('is retried for lists that are no longer shown', () =>
    withOpenTree({ attempts: 1 }, async ({ shown, service }) => {
      service.faults = { only: ['ListConformancePackComplianceScores'], expiredCredentials: true };
      shown.setQuery({ order: { by: 'name', descending: false } });
      await shown.waitUntilIdle();
      service.faults = {};
      shown.setQuery({ order: { by: 'score', descending: false } });
      await shown.waitUntilIdle();
      assert.deepEqual(getErrorKinds(shown), ['expired']);
      for (const node of shown.nodesOfKind('error')) shown.activate(node);
      await shown.waitUntilIdle();
      assert.deepEqual(getErrorKinds(shown), []);
    }));

  it('shows one error beside the loaded rows, until the connection is reset', () =>
    withOpenTree({ attempts: 1 }, async ({ shown, estate, service }) => {
      const count = shown.nodes.length;
      service.faults = { expiredCredentials: true };
      shown.refresh();
      await shown.waitUntilIdle();
      assert.deepEqual(getErrorKinds(shown), ['expired']);
      assert.equal(shown.nodes.length, count + 1);
      service.faults = {};
      estate.reset((store) => store.findSignedOutError() !== undefined);
      await shown.waitUntilIdle();
      assert.deepEqual([getErrorKinds(shown), shown.nodes.length], [[], count]);
    }));
});
