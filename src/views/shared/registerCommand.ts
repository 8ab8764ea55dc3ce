import * as vscode from 'vscode';

/** Registers a command. VS Code shows the message of its error as a notification, so the message is prepared as one. */
export const registerCommand = (id: string, run: (args: unknown) => unknown): vscode.Disposable =>
  vscode.commands.registerCommand(id, async (args) => {
    try {
      return await run(args);
    } catch (thrown) {
      throw (await import('./commandError.ts')).toCommandError(thrown);
    }
  });
