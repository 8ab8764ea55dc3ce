import type * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { registerCommand } from '../shared/registerCommand.ts';

/** Registers the Export command. */
export function registerExport(context: vscode.ExtensionContext, { estate }: { readonly estate: Estate }): void {
  context.subscriptions.push(
    registerCommand(commandIds.export, async (args) =>
      (await import('./exportCommand.ts')).exportCommand(estate, args),
    ),
  );
}
