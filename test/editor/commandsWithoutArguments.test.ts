import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { until } from '../support/polling.ts';
import { getExtension, resetPackscope } from './packscope.ts';

describe('a command without argument, where nothing is loaded', () => {
  const declared: { command: string }[] = getExtension().packageJSON.contributes.commands;

  for (const [index, { command }] of declared.entries()) {
    it(`${command} does no harm`, async () => {
      // A region that no other test reads: nothing of it is known.
      const region = `us-nowhere-${index + 1}`;
      const { estate, tree } = await resetPackscope({ connections: [{ regions: [region] }] });
      assert.equal([...tree.model.loadedNodes()].filter(({ node }) => node.kind === 'pack').length, 0);
      assert.equal(estate.getStore({ region }).identity.readAt, undefined);
      let ended = false;
      const running = Promise.resolve(commands.executeCommand(command)).finally(() => {
        ended = true;
      });
      // Who is asked something turns away, as often as asked.
      const turnAway = async () => {
        await commands.executeCommand('workbench.action.closeQuickOpen');
        return ended;
      };
      await Promise.all([running, until(`${command} to end`, turnAway)]);
    });
  }
});
