import * as vscode from 'vscode';
import { commandIds, panelTypes } from '../../manifest.ts';
import type { Palette } from '../palette/palette.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import type { OverviewPanels } from './overviewPanels.ts';

/** Registers the command that opens an organization overview, and restores its panels after a reload of the window. */
export function registerOrganization(
  context: vscode.ExtensionContext,
  { palette }: { readonly palette: Palette },
): void {
  let panels: Promise<OverviewPanels> | undefined;
  const loadPanels = () => {
    panels ??= import('./overviewPanels.ts').then(
      ({ OverviewPanels }) => new OverviewPanels(context.extensionUri, palette),
    );
    return panels;
  };
  context.subscriptions.push(
    registerCommand(commandIds.openOrganizationOverview, async (args) => (await loadPanels()).openFor(args)),
    vscode.window.registerWebviewPanelSerializer(panelTypes.overview, {
      deserializeWebviewPanel: async (panel, state) => (await loadPanels()).restore(panel, state),
    }),
  );
}
