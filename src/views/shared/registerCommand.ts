import * as vscode from 'vscode';

/** Registers a command. A person sees its error with the actions that resolve it; other callers receive the error. */
export const registerCommand = (id: string, run: (args: unknown) => unknown): vscode.Disposable =>
  vscode.commands.registerCommand(id, async (args) => {
    try {
      return await run(args);
    } catch (thrown) {
      return (await import('./commandError.ts')).endFailedCommand(thrown, args);
    }
  });
