import * as vscode from 'vscode';

/**
 * Registers a command. `selection`: the selected nodes, if it runs on several. A person sees its error with the actions
 * that resolve it; other callers receive the error.
 */
export const registerCommand = (id: string, run: (args: unknown, selection: unknown) => unknown): vscode.Disposable =>
  vscode.commands.registerCommand(id, async (args, selection) => {
    try {
      return await run(args, selection);
    } catch (thrown) {
      return (await import('./commandError.ts')).endFailedCommand(thrown, args);
    }
  });
