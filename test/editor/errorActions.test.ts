import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, env, window } from 'vscode';
import { eventually } from '../support/polling.ts';
import { configService } from './configService.ts';
import { resetPackscope } from './packscope.ts';

describe('actions of errors', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packscope-errors-'));
  });

  after(async () => {
    await configService.setFaults({});
    await commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
  });

  it('open a file with the wrong line selected', async () => {
    const file = join(folder, 'config');
    await writeFile(file, '[profile audit]\nregion = us_east_1\n');
    await commands.executeCommand('packscope.openFile', { file, line: 2 });
    const { document, selection } = window.activeTextEditor ?? {};
    assert.equal(document?.getText(selection), 'region = us_east_1');
  });

  it('open a line beyond the end of a file that has changed', async () => {
    const file = join(folder, 'short');
    await writeFile(file, '[profile audit]');
    await commands.executeCommand('packscope.openFile', { file, line: 99 });
    assert.equal(window.activeTextEditor?.document.getText(), '[profile audit]');
  });

  it('copy a policy with everything that is missing', async () => {
    const { estate } = await resetPackscope({ connections: [{ regions: ['us-denied-1'] }] });
    const denied = { name: 'AccessDeniedException' };
    const refuse = { ListConformancePackComplianceScores: denied, DescribeConformancePackStatus: denied };
    await configService.setFaults({ refuse });
    const list = estate.getStore({ region: 'us-denied-1' }).getPackList({ by: 'name', descending: false });
    await list.loadMore();
    await commands.executeCommand('packscope.copyPolicy');
    await eventually(async () => {
      const { Statement } = JSON.parse(await env.clipboard.readText());
      assert.deepEqual(
        Statement[0].Action,
        Object.keys(refuse)
          .map((name) => `config:${name}`)
          .sort(),
      );
    });
  });
});
