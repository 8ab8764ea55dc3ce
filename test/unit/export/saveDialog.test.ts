import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';

const file = toUri('file', '/home/reports/packs.csv');
const page = toUri('file', '/home/reports/packs.html');
const remote = toUri('vscode-vfs', '/reports/packs.csv');

/** The members of a URI that are used. */
function toUri(scheme: string, path: string): Uri {
  return { scheme, path, fsPath: path, toString: () => `${scheme}://${path}` } as Uri;
}

describe('getFileActions', () => {
  /** What the actions have run. */
  let runs: unknown[][];
  let workspaceFolder: object | undefined;

  before(async () => {
    stubVSCode();
    const { commands, env, workspace } = await import('vscode');
    Object.assign(commands, { executeCommand: (...args: unknown[]) => runs.push(args) });
    Object.assign(env, { openExternal: (uri: Uri) => runs.push(['browser', uri]) });
    Object.assign(env.clipboard, { writeText: (text: string) => runs.push(['clipboard', text]) });
    Object.assign(workspace, { getWorkspaceFolder: () => workspaceFolder });
  });

  beforeEach(() => {
    workspaceFolder = undefined;
  });

  async function runAll(uri: Uri, isLocal: boolean): Promise<unknown[][]> {
    const { getFileActions } = await import('../../../src/views/export/saveDialog.ts');
    runs = [];
    for (const [button, run] of getFileActions(uri, isLocal)) {
      runs.push([button]);
      await run();
    }
    return runs;
  }

  it('opens a local file, reveals it in the file manager and copies its path', async () => {
    assert.deepEqual(await runAll(file, true), [
      ['Open'],
      ['vscode.open', file],
      ['Reveal'],
      ['revealFileInOS', file],
      ['Copy Path'],
      ['clipboard', '/home/reports/packs.csv'],
    ]);
  });

  it('opens a local page in the browser, and a remote one in the editor', async () => {
    assert.deepEqual((await runAll(page, true)).slice(0, 2), [['Open'], ['browser', page]]);
    assert.deepEqual((await runAll(page, false)).slice(0, 2), [['Open'], ['vscode.open', page]]);
  });

  it('reveals a file of another machine only in the workspace', async () => {
    const copied = [['Copy Path'], ['clipboard', 'vscode-vfs:///reports/packs.csv']];
    assert.deepEqual(await runAll(remote, false), [['Open'], ['vscode.open', remote], ...copied]);
    workspaceFolder = {};
    const revealed = [['Reveal'], ['revealInExplorer', remote]];
    assert.deepEqual(await runAll(remote, false), [['Open'], ['vscode.open', remote], ...revealed, ...copied]);
  });
});
