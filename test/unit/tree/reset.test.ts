import assert from 'node:assert/strict';
import { withOpenTree } from '../../support/tree/openTree.ts';

describe('Estate.reset', () => {
  it('never shows nodes of the previous account', () =>
    withOpenTree({}, async ({ shown, estate, service }) => {
      const other = service.estate.accounts.find((account) => account !== service.estate.home.account) ?? '';
      const before = new Set(shown.nodes.map(({ id }) => id));
      const { accessKeyId, secretAccessKey } = service.caller(other);
      process.env.AWS_ACCESS_KEY_ID = accessKeyId;
      process.env.AWS_SECRET_ACCESS_KEY = secretAccessKey;
      estate.reset();
      while (!shown.nodesOfKind('scope').some(({ scope }) => scope.account === other)) {
        await shown.waitForChange();
        await new Promise(setImmediate);
        for (const { id, kind } of shown.nodes) assert(kind === 'loading' || !before.has(id), id);
      }
      await shown.waitUntilIdle();
      assert.deepEqual(
        shown.nodesOfKind('scope').map(({ scope }) => scope.account),
        [other],
      );
      assert(shown.nodesOfKind('pack').length > 0);
    }));

  it('discards a page that is being loaded', () =>
    withOpenTree({ pageSize: 2 }, async ({ shown, estate, service }) => {
      service.faults = { latencyMs: 50 };
      const [more] = shown.nodesOfKind('more');
      if (more) shown.activate(more);
      estate.reset();
      service.faults = { expiredCredentials: true };
      await shown.waitUntilIdle();
      assert.equal(shown.nodesOfKind('pack').length, 0);
      assert.equal(shown.model.getWelcome(), 'signedOut');
    }));
});
