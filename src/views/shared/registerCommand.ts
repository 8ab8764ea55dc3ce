import * as vscode from 'vscode';

/**
 * Registers a command. `selection`: the selected nodes, if it runs on several. VS Code shows the message of its error as a notification, so the message is prepared as one.
 */
export const registerCommand = (id: string, run: (args: unknown, selection: unknown) => unknown): vscode.Disposable =>
  vscode.commands.registerCommand(id, async (args, selection) => {
    try {
      return await run(args, selection);
    } catch (thrown) {
      throw (await import('./commandError.ts')).toCommandError(thrown);
    }
  });
