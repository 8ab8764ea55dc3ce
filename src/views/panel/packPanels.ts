import * as vscode from 'vscode';
import type { AggregatedPack, OwnPack } from '../../compliance/packRef.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { toOneLine } from '../../compliance/text/plainText.ts';
import { asRecord } from '../../compliance/unknownValues.ts';
import { panelTypes } from '../../manifest.ts';
import { completeStep } from '../shared/walkthrough.ts';
import { AggregatedPackPanel } from './aggregatedPackPanel.ts';
import { PackPanel } from './packPanel.ts';
import { getResourceRoots, renderPanelHtml } from './panelHtml.ts';
import {
  type AggregatedPanelState,
  type AggregatedTarget,
  type PanelState,
  parseAggregatedPanelState,
  parsePanelState,
  toAggregatedPanelState,
  toPanelState,
} from './panelState.ts';
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
    completeStep('openedPack');
    const target = 'row' in pack ? toAggregatedTarget(pack) : pack;
    const panel = this.#panels.get(getKey(target));
    if (panel) panel.reveal();
    else this.#show(createPanel(toState(target).name, this.#panels.size), target);
  }

  /** Restores a panel after a reload of the window. Closes it if its state is invalid or the pack is already open. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const { target: stored } = asRecord(state);
    const target = parseAggregatedPanelState(stored) ?? parsePanelState(stored);
    if (target && !this.#panels.has(getKey(target))) this.#show(panel, target);
    else panel.dispose();
  }

  #show(panel: vscode.WebviewPanel, target: OwnPack | AggregatedTarget): void {
    const controller =
      'location' in target
        ? new AggregatedPackPanel(target, panel.webview, this.#estate)
        : new PackPanel(target, panel.webview, this.#estate, this.#scoreRecorder);
    const key = getKey(target);
    this.#panels.set(key, panel);
    panel.onDidDispose(() => {
      controller.dispose();
      this.#panels.delete(key);
    });
    const state = toState(target);
    this.#render(panel, state, { name: state.name, account: state.scope.account, region: state.scope.region });
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

const toAggregatedTarget = ({ connection, aggregator, row, readAt }: AggregatedPack): AggregatedTarget => ({
  connection,
  location: { aggregator, account: row.account, region: row.region, pack: row.pack },
  initial: { row, readAt },
});

const toState = (target: OwnPack | AggregatedTarget): PanelState | AggregatedPanelState =>
  'location' in target ? toAggregatedPanelState(target) : toPanelState(target);

/** The connection that reads an aggregator makes no difference to what it tells. */
const getKey = (target: OwnPack | AggregatedTarget): string =>
  JSON.stringify('location' in target ? Object.values(target.location) : toPanelState(target));
