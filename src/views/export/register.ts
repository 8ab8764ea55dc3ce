import type * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import type { ExportContext } from './exportCommand.ts';

/** Registers the Export command. */
export function registerExport(context: vscode.ExtensionContext, exportContext: ExportContext): void {
  context.subscriptions.push(
    registerCommand(commandIds.export, async (args, selection) =>
      (await import('./exportCommand.ts')).exportCommand(exportContext, args, selection),
    ),
  );
}
