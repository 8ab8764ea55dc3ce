import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { configService } from './configService.ts';
import { getLoadedScripts } from './loadedScripts.ts';
import { getExtension } from './packscope.ts';

describe('activation', () => {
  const extension = getExtension();

  it('exports the API for tests', async () => {
    await extension.activate();
    assert.equal(extension.isActive, true);
    assert.deepEqual(Object.keys(extension.exports), ['estate', 'tree']);
  });

  it('sends no request on activation', async () => {
    assert.deepEqual(await configService.getRequests(), []);
  });

  it('loads only its entry on activation', async () => {
    const files = await BuiltFiles.read(extension.extensionPath);
    const scripts = await getLoadedScripts(`${extension.extensionPath}/dist/`);
    const loaded = scripts.map((script) => `dist/${script}`);
    assert.deepEqual(loaded.sort(), files.getStaticClosure('dist/extension.js').sort());
  });

  it('registers every command that its manifest declares', async () => {
    const declared: { command: string }[] = extension.packageJSON.contributes.commands;
    const registered = new Set(await commands.getCommands(true));
    const missing = declared.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
