import * as vscode from 'vscode';
import type { AggregatedPack, OwnPack } from '../../compliance/packRef.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { asRecord } from '../../compliance/unknown.ts';
import { panelTypes } from '../../manifest.ts';
import { type ForeignPack, parseFromPanel, type ToPanel } from '../../webview/protocol.ts';
import { panelHtml, resourceRoots } from './html.ts';
import { PackPanel } from './packPanel.ts';
import { packOfState, stateOf } from './panelState.ts';
import type { ScoreHistory } from './scoreHistory.ts';

/** The open panels, one per pack. */
export class PackPanels {
  readonly #extension: vscode.Uri;
  readonly #estate: Estate;
  readonly #history: ScoreHistory;
  readonly #open = new Map<string, vscode.WebviewPanel>();

  constructor(extension: vscode.Uri, estate: Estate, history: ScoreHistory) {
    this.#extension = extension;
    this.#estate = estate;
    this.#history = history;
  }

  /** Opens a pack, of a connection's own scope or one of which only an aggregator tells; reveals it where it is open. */
  open(pack: OwnPack | AggregatedPack): void {
    const known = this.#open.get(keyOf(pack));
    if (known) known.reveal();
    else if ('row' in pack) this.#fillAggregated(this.#create(pack.row.pack), pack);
    else this.#fill(this.#create(pack.name), pack);
  }

  #fillAggregated(panel: vscode.WebviewPanel, pack: AggregatedPack): void {
    this.#keep(keyOf(pack), panel);
    const { aggregator, row, readAt } = pack;
    const { compliance, ...rest } = row;
    const foreign: ForeignPack = {
      ...rest,
      aggregator,
      ...(compliance && { compliance }),
      ...(readAt !== undefined && { readAt }),
    };
    panel.webview.onDidReceiveMessage((message) => {
      const told: ToPanel = { type: 'foreign', foreign };
      if (parseFromPanel(message)?.type === 'ready') void panel.webview.postMessage(told);
    });
    this.#load(panel, undefined, { name: row.pack, account: row.account, region: row.region });
  }

  /** Puts a panel in place again after a reload of the window; one of which nothing is known closes. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const pack = packOfState(asRecord(state).target);
    if (pack && !this.#open.has(keyOf(pack))) this.#fill(panel, pack);
    else panel.dispose();
  }

  #create(title: string): vscode.WebviewPanel {
    // Two stand side by side; further ones join them, for columns of their own could not be read.
    const column = this.#open.size === 1 ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    return vscode.window.createWebviewPanel(panelTypes.pack, title, column);
  }

  #fill(panel: vscode.WebviewPanel, pack: OwnPack): void {
    const content = new PackPanel(pack, panel.webview, this.#estate, this.#history);
    panel.onDidDispose(() => content.dispose());
    this.#keep(keyOf(pack), panel);
    const { account, region } = pack.scope;
    this.#load(panel, stateOf(pack), { name: pack.name, account, region });
  }

  #keep(key: string, panel: vscode.WebviewPanel): void {
    this.#open.set(key, panel);
    panel.onDidDispose(() => this.#open.delete(key));
  }

  #load(panel: vscode.WebviewPanel, target: unknown, linked: unknown): void {
    panel.iconPath = new vscode.ThemeIcon('shield');
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(this.#extension) };
    panel.webview.html = panelHtml(panel.webview, this.#extension, target, linked);
  }
}

const keyOf = (pack: OwnPack | AggregatedPack): string =>
  JSON.stringify('row' in pack ? [pack.aggregator, pack.row.account, pack.row.region, pack.row.pack] : stateOf(pack));
