import assert from 'node:assert/strict';
import { stubVSCode } from '../../support/bundle/vscodeStub.ts';

type Handler = (args: unknown) => Promise<unknown>;

describe('registerCommand', () => {
  before(stubVSCode);

  /** Registers a command with a stub of VS Code, and returns what VS Code would run. */
  async function register(run: (args: unknown) => unknown): Promise<Handler> {
    const vscode = await import('vscode');
    const { registerCommand } = await import('../../../src/views/shared/registerCommand.ts');
    const handlers: Handler[] = [];
    Object.assign(vscode.commands, { registerCommand: (_id: string, handler: Handler) => handlers.push(handler) });
    registerCommand('a', run);
    const [handler] = handlers;
    assert(handler);
    return handler;
  }

  it('passes the arguments and returns the result', async () => {
    const handler = await register((args) => [args]);
    assert.deepEqual(await handler('b'), ['b']);
  });

  it('rejects with a message that VS Code shows without links', async () => {
    const thrown = new Error('Nothing was exported. [Sign in again](command:workbench.action.closeWindow)\u202E');
    const handler = await register(() => {
      throw thrown;
    });
    const message = 'Nothing was exported. [Sign in again] (command:workbench.action.closeWindow)\\u202E';
    await assert.rejects(handler(undefined), { message, cause: thrown });
  });
});
