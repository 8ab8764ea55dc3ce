import * as vscode from 'vscode';
import type { AggregatedPack, OwnPack } from '../../compliance/packRef.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { toOneLine } from '../../compliance/text/plainText.ts';
import { asRecord } from '../../compliance/unknownValues.ts';
import { panelTypes } from '../../manifest.ts';
import { AggregatedPackPanel } from './aggregatedPackPanel.ts';
import { isConfigured } from './isConfigured.ts';
import { PackPanel } from './packPanel.ts';
import { getResourceRoots, renderPanelHtml } from './panelHtml.ts';
import {
  type AggregatedPanelState,
  type AggregatedTarget,
  type PanelState,
  parseAggregatedPanelState,
  parsePanelState,
  toAggregatedPanelState,
  toLinked,
  toPanelState,
} from './panelState.ts';
import { RuleMessages } from './ruleMessages.ts';
import type { ScoreRecorder } from './scoreRecorder.ts';

/** The open panels, one per pack. */
export class PackPanels {
  readonly #extensionUri: vscode.Uri;
  readonly #estate: Estate;
  readonly #scoreRecorder: ScoreRecorder;
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #ruleMessages = new Map<string, RuleMessages>();

  readonly #targets = new Map<vscode.WebviewPanel, OwnPack | AggregatedTarget>();

  constructor(extensionUri: vscode.Uri, estate: Estate, scoreRecorder: ScoreRecorder) {
    this.#extensionUri = extensionUri;
    this.#estate = estate;
    this.#scoreRecorder = scoreRecorder;
  }

  /** Opens the panel of a pack, or reveals it if it is open. `showRule`: the name of the rule that it shows. */
  open(pack: OwnPack | AggregatedPack, showRule?: string): void {
    const target = 'row' in pack ? toAggregatedTarget(pack) : pack;
    const key = getKey(target);
    const panel = this.#panels.get(key);
    if (panel) panel.reveal();
    else this.#show(createPanel(toState(target).name, this.#panels.size), target);
    if (showRule !== undefined) this.#ruleMessages.get(key)?.showRule(showRule);
  }

  /** The pack of the active panel as command arguments; undefined if no panel of a configured connection is active. */
  getActivePack(): Readonly<Record<string, string>> | undefined {
    const target = [...this.#targets].find(([panel]) => panel.active)?.[1];
    return target && isConfigured(target.connection) ? toLinked(target) : undefined;
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
    this.#ruleMessages.set(key, new RuleMessages(panel));
    panel.onDidDispose(() => {
      controller.dispose();
      this.#panels.delete(key);
      this.#ruleMessages.delete(key);
      this.#targets.delete(panel);
    });
    const state = toState(target);
    this.#targets.set(panel, target);
    this.#render(panel, state, toLinked(target));
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
