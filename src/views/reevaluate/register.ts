import type * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import type { ReevaluateDependencies } from './reevaluate.ts';

/** Registers the command that evaluates rules again. */
export function registerReevaluate(context: vscode.ExtensionContext, dependencies: ReevaluateDependencies): void {
  context.subscriptions.push(
    registerCommand(commandIds.reevaluate, async (args) =>
      (await import('./reevaluate.ts')).reevaluateCommand(dependencies, args),
    ),
  );
}
