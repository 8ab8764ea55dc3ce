import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';

describe('the extension', () => {
  const extension = extensions.getExtension('packscope.packscope');

  it('is there and activates', async () => {
    assert.ok(extension, 'packscope.packscope is not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command that its manifest declares', async () => {
    const declared: { command: string }[] = extension?.packageJSON.contributes.commands;
    const registered = new Set(await commands.getCommands(true));
    const missing = declared.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
