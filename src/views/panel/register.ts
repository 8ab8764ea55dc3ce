import * as vscode from 'vscode';
import type { PackRef } from '../../compliance/packRef.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds, panelTypes } from '../../manifest.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import { settings } from '../shared/settings.ts';
import type { OpenOptions, PackPanels } from './packPanels.ts';
import type { ScoreRecorder } from './scoreRecorder.ts';

/** Restores panels after a reload of the window, and returns a function that opens a pack's panel. */
export function registerPanels(
  context: vscode.ExtensionContext,
  { estate }: { readonly estate: Estate },
): (pack: PackRef, options?: OpenOptions) => Promise<void> {
  let recorder: Promise<ScoreRecorder> | undefined;
  const loadRecorder = () => {
    recorder ??= import('./scoreRecorder.ts').then(
      ({ ScoreRecorder }) => new ScoreRecorder(context.globalState, estate, settings.connections),
    );
    return recorder;
  };
  let panels: Promise<PackPanels> | undefined;
  const loadPanels = () => {
    panels ??= import('./packPanels.ts').then(
      async ({ PackPanels }) =>
        new PackPanels(context.extensionUri, estate, await loadRecorder(), context.workspaceState),
    );
    return panels;
  };
  // Scores are recorded for the trend whether or not a panel is open.
  onFirstChange(estate, () => true, loadRecorder);
  context.subscriptions.push(
    registerCommand(commandIds.keepPanel, async (args) => (await loadPanels()).keep(args)),
    vscode.window.registerWebviewPanelSerializer(panelTypes.pack, {
      deserializeWebviewPanel: async (panel, state) => (await loadPanels()).restore(panel, state),
    }),
  );
  return async (pack, options) => (await loadPanels()).open(pack, options);
}
