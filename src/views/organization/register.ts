import * as vscode from 'vscode';
import { commandIds, panelTypes } from '../../manifest.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import type { OverviewPanels } from './overviewPanels.ts';

/** Registers the command that opens an organization overview, and restores its panels after a reload of the window. */
export function registerOrganization(
  context: vscode.ExtensionContext,
  { commandContext }: { readonly commandContext: PackCommandContext },
): void {
  let panels: Promise<OverviewPanels> | undefined;
  const loadPanels = () => {
    panels ??= import('./overviewPanels.ts').then(({ OverviewPanels }) => new OverviewPanels(context, commandContext));
    return panels;
  };
  context.subscriptions.push(
    registerCommand(commandIds.openOrganizationOverview, async (args) => (await loadPanels()).openFor(args)),
    vscode.window.registerWebviewPanelSerializer(panelTypes.overview, {
      deserializeWebviewPanel: async (panel, state) => (await loadPanels()).restore(panel, state),
    }),
  );
}
