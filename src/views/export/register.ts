import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';

/** Registers the Export command. */
export function registerExport(context: vscode.ExtensionContext, { estate }: { readonly estate: Estate }): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commandIds.export, async (args) =>
      (await import('./exportCommand.ts')).exportCommand(estate, args),
    ),
  );
}
