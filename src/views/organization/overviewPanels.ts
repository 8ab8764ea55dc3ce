import * as vscode from 'vscode';
import { toOneLine } from '../../compliance/text/plainText.ts';
import { asRecord } from '../../compliance/unknownValues.ts';
import { panelTypes, settingsSection } from '../../manifest.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { withConfiguredConnection } from '../panel/configuredConnections.ts';
import { getResourceRoots, renderPanelHtml } from '../panel/panelHtml.ts';
import { parsePanelState, toPanelState } from '../panel/panelState.ts';
import { OpenPanels } from '../shared/openPanels.ts';
import { setPanelIcon } from '../shared/panelIcon.ts';
import { type AggregatorRef, chooseAggregator } from './chooseAggregator.ts';
import { OverviewPanel } from './overviewPanel.ts';
import { OverviewReaders } from './overviewReaders.ts';

/** The open organization overviews, one per aggregator. */
export class OverviewPanels {
  readonly #extensionUri: vscode.Uri;
  readonly #commandContext: PackCommandContext;
  readonly #readers: OverviewReaders;
  readonly #panels = new OpenPanels<AggregatorRef, OverviewPanel>(getKey);

  constructor(context: vscode.ExtensionContext, commandContext: PackCommandContext) {
    this.#extensionUri = context.extensionUri;
    this.#commandContext = commandContext;
    this.#readers = new OverviewReaders(commandContext.loadHistory);
    context.subscriptions.push(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration(settingsSection)) return;
        // Overviews go on with the connections that have replaced theirs in the settings.
        this.#panels.replaceTargets(configure, (panel, aggregator) => this.#show(panel, aggregator));
      }),
    );
  }

  /** Opens the overview of the aggregator that a command's argument names or the user picks, or reveals it. */
  async openFor(args: unknown): Promise<void> {
    const aggregator = await chooseAggregator(this.#commandContext.getStores(), args);
    if (!aggregator) return;
    const open = this.#panels.find(aggregator);
    if (open) open.panel.reveal();
    else this.#show(createPanel(aggregator), aggregator);
  }

  /** Restores a panel after a reload of the window. Closes it if its state is invalid or the overview is already open. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const restored = parsePanelState(asRecord(state).target);
    const aggregator = restored && configure(restored);
    if (aggregator && !this.#panels.find(aggregator)) this.#show(panel, aggregator);
    else panel.dispose();
  }

  #show(panel: vscode.WebviewPanel, aggregator: AggregatorRef): void {
    this.#panels.show(
      panel,
      aggregator,
      () => new OverviewPanel(aggregator, panel.webview, this.#commandContext, this.#readers),
    );
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

const configure = (aggregator: AggregatorRef): AggregatorRef =>
  withConfiguredConnection(aggregator, aggregator.scope.region);

const createPanel = ({ name }: AggregatorRef): vscode.WebviewPanel =>
  vscode.window.createWebviewPanel(panelTypes.overview, toOneLine(name), vscode.ViewColumn.Active);

const getKey = (aggregator: AggregatorRef): string => JSON.stringify(toPanelState(aggregator));
