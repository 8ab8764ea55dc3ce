import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

describe('Find Conformance Pack', () => {
  const name = 'security-best-practices-for-redshift';

  const assertSelected = ({ tree }: Packscope) =>
    eventually(() => {
      assert.equal(tree.isVisible, true);
      assert.deepEqual(
        tree.selection.map((node) => node.kind === 'pack' && node.pack.name),
        [name],
      );
    });

  it('reveals a pack in a hidden view before anything is loaded', async () => {
    const packscope = await resetPackscope({ pageSize: 2 });
    assert.equal(packscope.tree.isVisible, false);
    await commands.executeCommand('packscope.findPack', { name });
    await assertSelected(packscope);
  });

  it('reveals a pack of a later page in a hidden view', async () => {
    const packscope = await resetPackscope({ pageSize: 2 });
    await waitUntilLoaded(packscope);
    assert.equal(packscope.tree.isVisible, false);
    await commands.executeCommand('packscope.findPack', { name });
    await assertSelected(packscope);
  });

  for (const latencyMs of [0, 300])
    it(`reveals a pack during a refresh with ${latencyMs} ms latency`, async () => {
      const packscope = await resetPackscope({ pageSize: 2 });
      await waitUntilLoaded(packscope);
      await configService.setFaults({ latencyMs });
      await commands.executeCommand('packscope.refreshAll');
      await commands.executeCommand('packscope.findPack', { name });
      await assertSelected(packscope);
    });
});
