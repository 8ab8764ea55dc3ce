import type * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import type { MuteDependencies } from './muteCommands.ts';

interface Dependencies extends MuteDependencies {
  readonly commandContext: PackCommandContext;
}

/** Registers the commands that mute and unmute a pack's notifications. */
export function registerNotifications(context: vscode.ExtensionContext, dependencies: Dependencies): void {
  const loadCommands = () => import('./muteCommands.ts');
  context.subscriptions.push(
    registerCommand(commandIds.mutePack, async (args) =>
      (await loadCommands()).mutePack(dependencies, dependencies.commandContext, args),
    ),
    registerCommand(commandIds.unmutePack, async (args) =>
      (await loadCommands()).unmutePack(dependencies, dependencies.commandContext, args),
    ),
  );
}
