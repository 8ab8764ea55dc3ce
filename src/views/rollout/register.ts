import type * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import type { Palette } from '../palette/palette.ts';
import { registerCommand } from '../shared/registerCommand.ts';

interface Dependencies {
  readonly palette: Palette;
}

/** Registers the command that shows the rollout of the organization's packs. */
export function registerRollout(context: vscode.ExtensionContext, { palette }: Dependencies): void {
  context.subscriptions.push(
    registerCommand(commandIds.showOrganizationPacks, async (args) =>
      (await import('./showOrganizationPacks.ts')).showOrganizationPacks(palette, args),
    ),
  );
}
