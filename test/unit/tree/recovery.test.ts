import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { ComplianceSource } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { TreeModel } from '../../../src/views/tree/model/treeModel.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, withOpenTree, withTree } from '../../support/tree/openTree.ts';
import { ShownTree } from '../../support/tree/shownTree.ts';

const empty = generatedEstate({ accounts: 1, regions: 1, packs: 0 }, noon);
const elsewhere = { estate: empty, connections: [{ region: 'eu-west-1' }] };

/** A tree on a source of the test's own, for answers that no service gives. */
function treeOver(open: () => Promise<ComplianceSource>): ShownTree {
  const estate = new Estate({ open, aggregatorNames: () => [] });
  return new ShownTree(new TreeModel(estate, () => ({ connections: [{}], scoreTarget: 90 })), estate);
}

const nothing = async () => ({ items: [], next: undefined });

const source: ComplianceSource = {
  scope: async () => ({ account: '111111111111', partition: 'aws', region: 'us-east-1' }),
  scores: nothing,
  deployments: nothing,
  aggregators: nothing,
  unhealthySources: nothing,
  packCounts: nothing,
  rows: nothing,
  organizationNames: nothing,
  rules: nothing,
  evaluations: nothing,
};

describe('a person who refreshes', () => {
  it('an empty account asks the service again, and sees what has come', () =>
    withOpenTree(elsewhere, async ({ shown, service }) => {
      assert.equal(shown.model.getWelcome(), 'noPacks');
      service.requests.clear();
      shown.refresh();
      await shown.waitUntilIdle();
      assert.equal(service.requests.count('ListConformancePackComplianceScores'), 1);
    }));

  it('after signing in sees the packs', () =>
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

  it('after setting AWS Config up sees that', () =>
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

  it('sees no pack that is gone, and each that is new', () =>
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

  it('is told where aggregators cannot be read, also where there were none', () =>
    withOpenTree({ ...elsewhere, attempts: 1 }, async ({ shown, service }) => {
      // A filter shows the tree in the place of the welcome.
      shown.setQuery({ filter: { nameContains: 'a' } });
      await shown.waitUntilIdle();
      service.faults = { htmlErrorEvery: 1, only: ['DescribeConfigurationAggregators'] };
      shown.refresh();
      await shown.waitUntilIdle();
      assert.equal(shown.nodesOfKind('error').length, 1);
    }));
});

describe('a person who retries', () => {
  it('brings back each list that failed', () =>
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

  it('gets a source that could not be opened at first', async () => {
    let opened = 0;
    const shown = treeOver(async () => {
      opened += 1;
      if (opened === 1) throw new Error('a file of the extension could not be loaded');
      return {
        ...source,
        scores: async () => ({ items: [{ pack: 'a', percent: 1, text: undefined, updatedAt: 0 }], next: undefined }),
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

describe('an id in the tree', () => {
  it('stands there once where both halves of a list fail for the same reason', async () => {
    const fail = async () => {
      throw new ComplianceError('staleCursor', 'The service returned the token it was given.');
    };
    const shown = treeOver(async () => ({ ...source, scores: fail, deployments: fail }));
    shown.open();
    await shown.waitUntilIdle();
    assert.equal(shown.nodesOfKind('error').length, 2);
  });

  it('stands there once where an aggregator is called as a line of the tree is', async () => {
    const aggregators = async () => ({
      items: ['more', 'empty', 'loading', 'error'].map((name) => ({ name, arn: undefined, sources: undefined })),
      next: 'goes on',
    });
    const shown = treeOver(async () => ({ ...source, aggregators }));
    shown.open();
    await shown.waitUntilIdle();
    assert.deepEqual([shown.nodesOfKind('aggregator').length, shown.nodesOfKind('more').length], [4, 1]);
  });
});

describe('a sign-in that expires while data is shown', () => {
  const errors = (shown: ShownTree) => shown.nodesOfKind('error').map(({ error }) => error.kind);

  it('is said once, beside what is still known, and everything comes again after it', () =>
    withOpenTree({ attempts: 1 }, async ({ shown, estate, service }) => {
      const count = shown.nodes.length;
      service.faults = { expiredCredentials: true };
      shown.refresh();
      await shown.waitUntilIdle();
      assert.deepEqual(errors(shown), ['expired']);
      assert.equal(shown.nodes.length, count + 1);
      service.faults = {};
      estate.reset((store) => store.findSignedOutError() !== undefined);
      await shown.waitUntilIdle();
      assert.deepEqual([errors(shown), shown.nodes.length], [[], count]);
    }));
});
