import * as vscode from 'vscode';
import { toOneLine } from '../../compliance/text/plainText.ts';
import { asRecord } from '../../compliance/unknownValues.ts';
import { panelTypes } from '../../manifest.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { getResourceRoots, renderPanelHtml } from '../panel/panelHtml.ts';
import { parsePanelState, toPanelState } from '../panel/panelState.ts';
import { setPanelIcon } from '../shared/panelIcon.ts';
import { type AggregatorRef, chooseAggregator } from './chooseAggregator.ts';
import { OverviewPanel } from './overviewPanel.ts';
import { OverviewReaders } from './overviewReaders.ts';

/** The open organization overviews, one per aggregator. */
export class OverviewPanels {
  readonly #extensionUri: vscode.Uri;
  readonly #commandContext: PackCommandContext;
  readonly #readers: OverviewReaders;
  readonly #panels = new Map<string, vscode.WebviewPanel>();

  constructor(extensionUri: vscode.Uri, commandContext: PackCommandContext) {
    this.#extensionUri = extensionUri;
    this.#commandContext = commandContext;
    this.#readers = new OverviewReaders(commandContext.loadHistory);
  }

  /** Opens the overview of the aggregator that a command's argument names or the user picks, or reveals it. */
  async openFor(args: unknown): Promise<void> {
    const aggregator = await chooseAggregator(this.#commandContext.getStores(), args);
    if (!aggregator) return;
    const open = this.#panels.get(getKey(aggregator));
    if (open) open.reveal();
    else this.#show(createPanel(aggregator), aggregator);
  }

  /** Restores a panel after a reload of the window. Closes it if its state is invalid or the overview is already open. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const aggregator = parsePanelState(asRecord(state).target);
    if (aggregator && !this.#panels.has(getKey(aggregator))) this.#show(panel, aggregator);
    else panel.dispose();
  }

  #show(panel: vscode.WebviewPanel, aggregator: AggregatorRef): void {
    const key = getKey(aggregator);
    const controller = new OverviewPanel(aggregator, panel.webview, this.#commandContext, this.#readers);
    this.#panels.set(key, panel);
    panel.onDidDispose(() => {
      controller.dispose();
      this.#panels.delete(key);
    });
    setPanelIcon(panel, 'organization');
    panel.webview.options = { enableScripts: true, localResourceRoots: getResourceRoots(this.#extensionUri) };
    panel.webview.html = renderPanelHtml(panel.webview, this.#extensionUri, {
      title: 'Organization overview',
      script: 'overview',
      styles: ['panel', 'overview'],
      state: toPanelState(aggregator),
      context: {},
    });
  }
}

const createPanel = ({ name }: AggregatorRef): vscode.WebviewPanel =>
  vscode.window.createWebviewPanel(panelTypes.overview, toOneLine(name), vscode.ViewColumn.Active);

const getKey = (aggregator: AggregatorRef): string => JSON.stringify(toPanelState(aggregator));
