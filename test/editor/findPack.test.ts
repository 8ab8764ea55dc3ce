import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { type Packscope, resetPackscope, waitUntilLoaded } from './packscope.ts';

describe('a pack that is looked for', () => {
  const name = 'security-best-practices-for-redshift';

  const selected = ({ tree }: Packscope) =>
    eventually(() => {
      assert.equal(tree.isVisible, true);
      assert.deepEqual(
        tree.selection.map((node) => node.kind === 'pack' && node.pack.name),
        [name],
      );
    });

  it('is shown in the tree, though the view was out of sight and nothing is known', async () => {
    const packscope = await resetPackscope({ pageSize: 2 });
    assert.equal(packscope.tree.isVisible, false);
    await commands.executeCommand('packscope.findPack', { name });
    await selected(packscope);
  });

  it('is shown in the tree, though the view was out of sight and the pack on a later page', async () => {
    const packscope = await resetPackscope({ pageSize: 2 });
    await waitUntilLoaded(packscope);
    assert.equal(packscope.tree.isVisible, false);
    await commands.executeCommand('packscope.findPack', { name });
    await selected(packscope);
  });

  for (const latencyMs of [0, 300])
    it(`is shown while everything is read anew, each answer after ${latencyMs} ms`, async () => {
      const packscope = await resetPackscope({ pageSize: 2 });
      await waitUntilLoaded(packscope);
      await configService.setFaults({ latencyMs });
      await commands.executeCommand('packscope.refreshAll');
      await commands.executeCommand('packscope.findPack', { name });
      await selected(packscope);
    });
});
