import type * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import type { RecentRequests } from './recentRequests.ts';

interface Dependencies {
  readonly estate: Estate;
  readonly log: vscode.LogOutputChannel;
  readonly recentRequests: RecentRequests;
}

/** Each command has the name of its function in `errorCommands.ts`. */
const errorCommands = ['openFile', 'openSetting', 'copyPolicy'] as const;

/** Registers the log, and the commands that show it, resolve errors and copy diagnostics. */
export function registerDiagnostics(context: vscode.ExtensionContext, dependencies: Dependencies): void {
  const { estate, log, recentRequests } = dependencies;
  context.subscriptions.push(
    log,
    registerCommand(commandIds.showLog, () => log.show()),
    ...errorCommands.map((name) =>
      registerCommand(commandIds[name], async (args) => (await import('./errorCommands.ts'))[name](estate, args)),
    ),
    registerCommand(commandIds.copyDiagnostics, async () =>
      (await import('./copyDiagnostics.ts')).copyDiagnostics(context, estate, recentRequests),
    ),
  );
}
