import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { until } from '../support/polling.ts';
import { getExtension, resetPackscope } from './packscope.ts';

describe('commands without arguments before anything is loaded', () => {
  const declared: { command: string }[] = getExtension().packageJSON.contributes.commands;

  for (const [index, { command }] of declared.entries()) {
    it(`do not fail: ${command}`, async () => {
      // A region that no other test uses.
      const region = `us-nowhere-${index + 1}`;
      const { estate, tree } = await resetPackscope({ connections: [{ regions: [region] }] });
      assert.equal([...tree.model.loadedNodes()].filter(({ node }) => node.kind === 'pack').length, 0);
      assert.equal(estate.getStore({ region }).identity.readAt, undefined);
      let hasEnded = false;
      const running = Promise.resolve(commands.executeCommand(command)).finally(() => {
        hasEnded = true;
      });
      const dismiss = async () => {
        await commands.executeCommand('workbench.action.closeQuickOpen');
        return hasEnded;
      };
      await Promise.all([running, until(`${command} to end`, dismiss)]);
    });
  }
});
