import * as vscode from 'vscode';
import type { PackRef } from '../../compliance/packRef.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds, panelTypes } from '../../manifest.ts';
import type { HistoryAccess } from '../history/register.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import { settings } from '../shared/settings.ts';
import type { OpenOptions, PackPanels } from './packPanels.ts';
import type { ScoreRecorder } from './scoreRecorder.ts';

/** What other parts can do with panels. */
export interface Panels {
  /** Opens a pack's panel. */
  readonly open: (pack: PackRef, options?: OpenOptions) => Promise<void>;
  /** The pack of the active panel as command arguments; undefined if no panel is active. */
  readonly getActivePack: () => Promise<Readonly<Record<string, string>> | undefined>;
  /** Reads the pack of the active panel again. Resolves with whether there is one. */
  readonly refreshActive: () => Promise<boolean>;
}

/** Restores panels after a reload of the window, and returns what other parts can do with them. */
export function registerPanels(
  context: vscode.ExtensionContext,
  { estate, history }: { readonly estate: Estate; readonly history: HistoryAccess },
): Panels {
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
      async ({ PackPanels }) => new PackPanels(context, estate, await loadRecorder(), history),
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
  return {
    open: async (pack, options) => (await loadPanels()).open(pack, options),
    getActivePack: async () => (await panels)?.getActivePack(),
    refreshActive: async () => (await panels)?.refreshActive() ?? false,
  };
}
