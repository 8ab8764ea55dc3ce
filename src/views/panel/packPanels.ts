import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import { panelTypes } from '../../manifest.ts';
import { type ForeignPack, parseFromPanel, type ToPanel } from '../../webview/protocol.ts';
import type { ScoreHistory } from '../scoreHistory.ts';
import { panelHtml, resourceRoots } from './html.ts';
import { PackPanel } from './packPanel.ts';
import { type AggregatedPack, type OwnPack, packOfState, stateOf } from './target.ts';

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

  /** Opens a pack of a connection's own scope, or reveals it where it is open. */
  open(pack: OwnPack): void {
    const known = this.#open.get(keyOf(pack));
    if (known) known.reveal();
    else this.#fill(this.#create(pack.name), pack);
  }

  /** Opens a pack of which only an aggregator tells. */
  openAggregated(pack: AggregatedPack): void {
    const { aggregator, row } = pack;
    const key = JSON.stringify([aggregator, row.account, row.region, row.pack]);
    const known = this.#open.get(key);
    if (known) known.reveal();
    else this.#fillAggregated(this.#create(row.pack), key, pack);
  }

  #fillAggregated(panel: vscode.WebviewPanel, key: string, { aggregator, row, readAt }: AggregatedPack): void {
    this.#keep(key, panel);
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
    this.#load(panel, undefined);
  }

  /** Puts a panel in place again after a reload of the window; one of which nothing is known closes. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const pack = packOfState(Object(state).target);
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
    this.#load(panel, stateOf(pack));
  }

  #keep(key: string, panel: vscode.WebviewPanel): void {
    this.#open.set(key, panel);
    panel.onDidDispose(() => this.#open.delete(key));
  }

  #load(panel: vscode.WebviewPanel, target: unknown): void {
    panel.iconPath = new vscode.ThemeIcon('shield');
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(this.#extension) };
    panel.webview.html = panelHtml(panel.webview, this.#extension, target);
  }
}

const keyOf = (pack: OwnPack): string => JSON.stringify(stateOf(pack));
