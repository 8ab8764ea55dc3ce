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
    await assert.rejects(handler({ name: 'a' }), { message, cause: thrown });
  });

  it('shows a person the error with the actions that resolve it', async () => {
    const shown = await collectErrors();
    const { ComplianceError } = await import('../../../src/compliance/errors.ts');
    const cause = new ComplianceError('noRegion', 'Region is missing');
    for (const thrown of [cause, new Error('Nothing was exported.', { cause }), new Error('Not a known one.')]) {
      const handler = await register(() => {
        throw thrown;
      });
      assert.equal(await handler(undefined), undefined);
    }
    const buttons = ['Select Profile and Region', 'Explore Sample Data', 'Open Setting', 'Retry'];
    assert.deepEqual(shown, [
      ['Region is missing', ...buttons],
      ['Nothing was exported.', ...buttons],
      ['Not a known one.', 'Show Log'],
    ]);
  });

  /** Replaces error messages, and returns the list that they are added to. */
  async function collectErrors(): Promise<unknown[][]> {
    const shown: unknown[][] = [];
    const { window } = await import('vscode');
    Object.assign(window, { showErrorMessage: async (...args: unknown[]) => void shown.push(args) });
    return shown;
  }
});
