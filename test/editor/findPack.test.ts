import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { eventually } from '../workbench/until.ts';
import { freshPackscope, settled } from './packscope.ts';

describe('a pack that is looked for', () => {
  const name = 'security-best-practices-for-redshift';

  it('is shown in the tree, though the view was out of sight and the pack on a later page', async () => {
    const packscope = await freshPackscope({ pageSize: 2 });
    const { tree } = packscope;
    await settled(packscope);
    assert.equal(tree.visible, false);
    await commands.executeCommand('packscope.findPack', { name });
    await eventually(async () => {
      assert.equal(tree.visible, true);
      assert.deepEqual(
        tree.selection.map((node) => node.kind === 'pack' && node.pack.name),
        [name],
      );
    });
  });
});
