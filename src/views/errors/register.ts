import type * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { registerCommand } from '../shared/registerCommand.ts';

/** Registers the commands that resolve errors. Each has the name of its function in `errorCommands.ts`. */
export function registerErrors(context: vscode.ExtensionContext, { estate }: { readonly estate: Estate }): void {
  for (const name of ['openFile', 'openSetting', 'copyPolicy'] as const) {
    const run = async (args: unknown) => (await import('./errorCommands.ts'))[name](estate, args);
    context.subscriptions.push(registerCommand(commandIds[name], run));
  }
}
