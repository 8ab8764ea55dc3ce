import assert from 'node:assert/strict';
import { Session } from 'node:inspector/promises';
import { commands } from 'vscode';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { configService } from './configService.ts';
import { getExtension } from './packscope.ts';

describe('the extension', () => {
  const extension = getExtension();

  it('activates', async () => {
    await extension.activate();
    assert.equal(extension.isActive, true);
    assert.deepEqual(Object.keys(extension.exports), ['estate', 'tree']);
  });

  it('asks nothing of AWS before something is looked at', async () => {
    assert.deepEqual(await configService.getRequests(), []);
  });

  it('loads nothing but its entry before something is asked', async () => {
    const files = await BuiltFiles.read(extension.extensionPath);
    const loaded = await loadedScripts(`${extension.extensionPath}/dist/`);
    assert.deepEqual(loaded.sort(), files.getStaticClosure('dist/extension.js').sort());
  });

  it('registers every command that its manifest declares', async () => {
    const declared: { command: string }[] = extension.packageJSON.contributes.commands;
    const registered = new Set(await commands.getCommands(true));
    const missing = declared.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});

/** The scripts below a folder that this process has loaded, as its own debugger counts them. */
async function loadedScripts(folder: string): Promise<string[]> {
  const session = new Session();
  session.connect();
  const found = new Set<string>();
  session.on('Debugger.scriptParsed', ({ params: { url } }) => {
    const path = url.replace(/^file:\/\//, '');
    if (path.startsWith(folder)) found.add(`dist/${path.slice(folder.length)}`);
  });
  await session.post('Debugger.enable');
  session.disconnect();
  return [...found];
}
