import * as vscode from 'vscode';
import type { AggregatedPack, OwnPack } from '../../compliance/packRef.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { panelTypes } from '../../manifest.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';
import { settings } from '../shared/settings.ts';
import type { PackPanels } from './packPanels.ts';
import type { ScoreRecorder } from './scoreRecorder.ts';

/** What other parts can do with panels. */
interface Panels {
  /** Opens a pack's panel, at a rule if named. */
  readonly open: (pack: OwnPack | AggregatedPack, showRule?: string) => Promise<void>;
  /** The pack of the active panel as command arguments; undefined if no panel is active. */
  readonly getActivePack: () => Promise<Readonly<Record<string, string>> | undefined>;
}

/** Restores panels after a reload of the window, and returns what other parts can do with them. */
export function registerPanels(context: vscode.ExtensionContext, { estate }: { readonly estate: Estate }): Panels {
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
      async ({ PackPanels }) => new PackPanels(context.extensionUri, estate, await loadRecorder()),
    );
    return panels;
  };
  // Scores are recorded for the trend whether or not a panel is open.
  onFirstChange(estate, () => true, loadRecorder);
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(panelTypes.pack, {
      deserializeWebviewPanel: async (panel, state) => (await loadPanels()).restore(panel, state),
    }),
  );
  return {
    open: async (pack, showRule) => (await loadPanels()).open(pack, showRule),
    getActivePack: async () => (await panels)?.getActivePack(),
  };
}
