import * as vscode from 'vscode';
import type { AggregatedPack, OwnPack } from '../../compliance/packRef.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { toOneLine } from '../../compliance/text/plainText.ts';
import { asRecord } from '../../compliance/unknownValues.ts';
import { panelTypes } from '../../manifest.ts';
import { type HostMessage, parsePanelMessage } from '../../webview/protocol.ts';
import { PackPanel } from './packPanel.ts';
import { toAggregatedCounts } from './panelData.ts';
import { getResourceRoots, renderPanelHtml } from './panelHtml.ts';
import { parsePanelState, toPanelState } from './panelState.ts';
import type { ScoreRecorder } from './scoreRecorder.ts';

/** The open panels, one per pack. */
export class PackPanels {
  readonly #extensionUri: vscode.Uri;
  readonly #estate: Estate;
  readonly #scoreRecorder: ScoreRecorder;
  readonly #panels = new Map<string, vscode.WebviewPanel>();

  constructor(extensionUri: vscode.Uri, estate: Estate, scoreRecorder: ScoreRecorder) {
    this.#extensionUri = extensionUri;
    this.#estate = estate;
    this.#scoreRecorder = scoreRecorder;
  }

  /** Opens the panel of a pack, or reveals it if it is open. */
  open(pack: OwnPack | AggregatedPack): void {
    const panel = this.#panels.get(getKey(pack));
    if (panel) panel.reveal();
    else if ('row' in pack) this.#showAggregatedPack(createPanel(pack.row.pack, this.#panels.size), pack);
    else this.#showOwnPack(createPanel(pack.name, this.#panels.size), pack);
  }

  /** Restores a panel after a reload of the window. Closes it if its state is invalid or the pack is already open. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const pack = parsePanelState(asRecord(state).target);
    if (pack && !this.#panels.has(getKey(pack))) this.#showOwnPack(panel, pack);
    else panel.dispose();
  }

  #showOwnPack(panel: vscode.WebviewPanel, pack: OwnPack): void {
    const controller = new PackPanel(pack, panel.webview, this.#estate, this.#scoreRecorder);
    panel.onDidDispose(() => controller.dispose());
    this.#track(getKey(pack), panel);
    const { account, region } = pack.scope;
    this.#render(panel, toPanelState(pack), { name: pack.name, account, region });
  }

  #showAggregatedPack(panel: vscode.WebviewPanel, pack: AggregatedPack): void {
    this.#track(getKey(pack), panel);
    const { pack: name, account, region } = pack.row;
    const message: HostMessage = { type: 'aggregatedCounts', counts: toAggregatedCounts(pack) };
    panel.webview.onDidReceiveMessage((received) => {
      if (parsePanelMessage(received)?.type === 'ready') void panel.webview.postMessage(message);
    });
    this.#render(panel, undefined, { name, account, region });
  }

  #track(key: string, panel: vscode.WebviewPanel): void {
    this.#panels.set(key, panel);
    panel.onDidDispose(() => this.#panels.delete(key));
  }

  #render(panel: vscode.WebviewPanel, panelState: unknown, packLocation: unknown): void {
    panel.iconPath = new vscode.ThemeIcon('shield');
    panel.webview.options = { enableScripts: true, localResourceRoots: getResourceRoots(this.#extensionUri) };
    panel.webview.html = renderPanelHtml(panel.webview, this.#extensionUri, {
      title: 'Conformance pack',
      script: 'main',
      styles: ['panel'],
      state: panelState,
      context: { linked: packLocation },
    });
  }
}

function createPanel(title: string, openCount: number): vscode.WebviewPanel {
  // The second panel opens beside the first to compare them. More columns would be too narrow.
  const column = openCount === 1 ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  return vscode.window.createWebviewPanel(panelTypes.pack, toOneLine(title), column);
}

const getKey = (pack: OwnPack | AggregatedPack): string =>
  JSON.stringify(
    'row' in pack ? [pack.aggregator, pack.row.account, pack.row.region, pack.row.pack] : toPanelState(pack),
  );
