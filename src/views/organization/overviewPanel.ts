import * as vscode from 'vscode';
import { isSameScope } from '../../compliance/model.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { settingsSection } from '../../manifest.ts';
import {
  type OverviewFilter,
  type OverviewHostMessage,
  type OverviewMessage,
  parseOverviewMessage,
} from '../../webview/overview/protocol.ts';
import type { Palette } from '../palette/palette.ts';
import { isConfigured } from '../panel/isConfigured.ts';
import { answerShow } from './answerShow.ts';
import type { AggregatorRef } from './chooseAggregator.ts';
import { openAggregatedPack } from './openAggregatedPack.ts';
import { createContents, type FilteredContents, filterContents, type OverviewContents } from './overviewContents.ts';
import { OverviewReader } from './overviewReader.ts';
import { toDeployedPack } from './overviewRows.ts';
import { toSummary, toUnconfiguredSummary, toUnreadableSummary } from './overviewSummary.ts';
import { getBaseName, sortWorstFirst } from './rankings.ts';

type ShowMessage = OverviewMessage & { readonly type: 'show' };

/** Controls the overview of an aggregator: loads its rows, ranks them, and sends those in view to the webview. */
export class OverviewPanel implements vscode.Disposable {
  readonly #aggregator: AggregatorRef;
  readonly #webview: vscode.Webview;
  readonly #palette: Palette;
  readonly #reader: OverviewReader;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** The store that the rows are loaded from: a reset replaces it. */
  #loadedStore: ConnectionStore | undefined;
  /** What the webview shows. */
  #shown: ShowMessage | undefined;
  #contents: OverviewContents | undefined;
  #filtered: FilteredContents | undefined;

  constructor(aggregator: AggregatorRef, webview: vscode.Webview, palette: Palette) {
    this.#aggregator = aggregator;
    this.#webview = webview;
    this.#palette = palette;
    this.#reader = new OverviewReader(() => this.#store, aggregator.name);
    this.#subscriptions = [
      { dispose: palette.estate.onDidChange((list) => this.#handleChange(list)) },
      webview.onDidReceiveMessage((message) => this.#receive(message)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) this.#sendAll();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Looked up on each access, because a reset replaces it. */
  get #store(): ConnectionStore {
    return this.#palette.estate.getStore(this.#aggregator.connection);
  }

  /** Whether the connection's identity is the aggregator's account and region. */
  #isOwnScope(): boolean {
    const [scope] = this.#store.identity.rows;
    return scope !== undefined && isSameScope(scope, this.#aggregator.scope);
  }

  #isReadable(): boolean {
    return isConfigured(this.#aggregator.connection) && this.#isOwnScope();
  }

  #handleChange(list: List<unknown> | undefined): void {
    if (!isConfigured(this.#aggregator.connection)) return;
    if (!list) this.#store.identity.ensureLoaded();
    if (!list || list === this.#store.identity || this.#reader.lists().includes(list)) this.#sendAll();
  }

  async #receive(value: unknown): Promise<void> {
    const message = parseOverviewMessage(value);
    if (message?.type === 'show') this.#shown = message;
    if (!message) return;
    if (message.type === 'ready') this.#start();
    else if (message.type === 'show') this.#sendRows();
    else if (this.#isReadable()) await this.#handle(message);
  }

  #start(): void {
    if (isConfigured(this.#aggregator.connection)) this.#store.identity.ensureLoaded();
    this.#sendAll();
  }

  async #handle(message: OverviewMessage): Promise<void> {
    switch (message.type) {
      case 'refresh':
        return this.#reader.refresh();
      case 'loadMore':
        return this.#reader.load();
      case 'cancel':
        return this.#reader.cancel();
      case 'loadCell':
        return this.#sendCell(message);
      case 'openPack':
        return openAggregatedPack(this.#palette, this.#aggregator, this.#findRows(message), this.#reader.rows.readAt);
    }
  }

  /** Sends everything, and starts loading it. Clears the webview if the connection has another scope or is not configured. */
  #sendAll(): void {
    this.#contents = undefined;
    this.#filtered = undefined;
    if (!this.#isReadable()) {
      this.#send({ type: 'clear' });
      this.#send({ type: 'summary', summary: this.#getUnreadableSummary() });
    } else {
      if (this.#loadedStore !== this.#store) {
        this.#loadedStore = this.#store;
        this.#reader.load();
      }
      this.#send({ type: 'summary', summary: toSummary(this.#aggregator, this.#getContents(), this.#reader) });
    }
    this.#sendRows();
  }

  #getUnreadableSummary() {
    if (!isConfigured(this.#aggregator.connection)) return toUnconfiguredSummary(this.#aggregator);
    return toUnreadableSummary(this.#aggregator, this.#store.identity);
  }

  /** Answers the last request for rows. */
  #sendRows(): void {
    if (!this.#shown) return;
    const contents = this.#isReadable() ? this.#getFiltered(this.#shown.filter) : undefined;
    this.#send(answerShow(this.#shown, contents));
  }

  #sendCell({ account, pack }: { readonly account: string; readonly pack: string }): void {
    const rows = this.#findRows({ account, pack }).map((row) => toDeployedPack(row, 1));
    this.#send({ type: 'cell', account, pack, rows });
  }

  /** The rows of a pack in an account, worst first. `pack` can be the name within the organization. */
  #findRows({ account, pack, region }: { readonly account: string; readonly pack: string; readonly region?: string }) {
    const rows = this.#reader.rows.rows.filter(
      (row) =>
        row.account === account &&
        (row.pack === pack || getBaseName(row.pack) === pack) &&
        (region ?? row.region) === row.region,
    );
    return sortWorstFirst(rows);
  }

  #getContents(): OverviewContents {
    this.#contents ??= createContents(this.#reader);
    return this.#contents;
  }

  #getFiltered(filter: OverviewFilter): FilteredContents {
    const isSame = JSON.stringify(this.#filtered?.filter) === JSON.stringify(filter);
    if (!this.#filtered || !isSame) this.#filtered = filterContents(this.#getContents(), filter);
    return this.#filtered;
  }

  #send(message: OverviewHostMessage): void {
    void this.#webview.postMessage(message);
  }
}
