import * as vscode from 'vscode';
import type { AggregatedPack, OwnPack } from '../../compliance/packRef.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { panelTypes } from '../../manifest.ts';
import { settings } from '../shared/settings.ts';
import type { PackPanels } from './packPanels.ts';
import { ScoreRecorder } from './scoreRecorder.ts';

/** Restores panels after a reload of the window, and returns a function that opens a pack's panel. */
export function registerPanels(
  context: vscode.ExtensionContext,
  { estate }: { readonly estate: Estate },
): (pack: OwnPack | AggregatedPack) => Promise<void> {
  const history = new ScoreRecorder(context.globalState, estate, settings.connections);
  let loaded: Promise<PackPanels> | undefined;
  const panels = () => {
    loaded ??= import('./packPanels.ts').then(
      ({ PackPanels }) => new PackPanels(context.extensionUri, estate, history),
    );
    return loaded;
  };
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(panelTypes.pack, {
      deserializeWebviewPanel: async (panel, state) => (await panels()).restore(panel, state),
    }),
  );
  return async (pack) => (await panels()).open(pack);
}
