import * as vscode from 'vscode';
import { isSameScope } from '../../compliance/model.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { settingsSection } from '../../manifest.ts';
import { runInSlices } from '../../timeSlicing.ts';
import type { OverviewHostMessage, OverviewMessage, OverviewSummary } from '../../webview/overview/protocol.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { isConfigured } from '../panel/configuredConnections.ts';
import { resolveProblem } from '../panel/resolveProblem.ts';
import { copyText } from '../shared/clipboard.ts';
import { settings } from '../shared/settings.ts';
import type { AggregatorRef } from './chooseAggregator.ts';
import { findPackRows, type PackOfAccount } from './findPackRows.ts';
import { openAggregatedPack } from './openAggregatedPack.ts';
import { formatOverviewRow } from './overviewMarkdown.ts';
import type { OverviewReader } from './overviewReader.ts';
import type { OverviewReaders } from './overviewReaders.ts';
import { OverviewResponder, type ShowMessage } from './overviewResponder.ts';
import { toDeployedPack } from './overviewRows.ts';
import { toSummary, toUnconfiguredSummary, toUnreadableSummary } from './overviewSummary.ts';
import { parseOverviewMessage } from './parseOverviewMessage.ts';

/** Milliseconds between two messages about what is being read. Every page would be too often. */
const sendInterval = 300;

/** A reader that this panel listens to. */
interface ActiveReader {
  readonly store: ConnectionStore;
  readonly reader: OverviewReader;
  readonly stopListening: () => void;
}

/** Controls the overview of an aggregator: loads its rows, ranks them, and sends those in view to the webview. */
export class OverviewPanel implements vscode.Disposable {
  readonly #aggregator: AggregatorRef;
  readonly #webview: vscode.Webview;
  readonly #commandContext: PackCommandContext;
  readonly #readers: OverviewReaders;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Reads through the current store. A reset of the connection replaces both. */
  #active: ActiveReader | undefined;
  /** Answers for what had been read when the webview was last notified. */
  #responder: OverviewResponder | undefined;
  /** What the webview shows. */
  #shown: ShowMessage | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The last message in progress: messages are computed and sent one after the other. */
  #sending: Promise<void> = Promise.resolve();

  constructor(
    aggregator: AggregatorRef,
    webview: vscode.Webview,
    commandContext: PackCommandContext,
    readers: OverviewReaders,
  ) {
    this.#aggregator = aggregator;
    this.#readers = readers;
    this.#webview = webview;
    this.#commandContext = commandContext;
    this.#subscriptions = [
      { dispose: commandContext.estate.onDidChange((list) => this.#handleChange(list)) },
      webview.onDidReceiveMessage((message) => this.#receive(message)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) this.#sendAll();
      }),
    ];
  }

  dispose(): void {
    this.#stopReading();
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Looked up on each access, because a reset replaces it. */
  get #store(): ConnectionStore {
    return this.#commandContext.estate.getStore(this.#aggregator.connection);
  }

  /** Whether the settings have the connection, and its identity is the aggregator's account and region. */
  #isReadable(): boolean {
    if (!isConfigured(this.#aggregator.connection)) return false;
    const [scope] = this.#store.identity.rows;
    return scope !== undefined && isSameScope(scope, this.#aggregator.scope);
  }

  #handleChange(list: List<unknown> | undefined): void {
    if (!isConfigured(this.#aggregator.connection)) return;
    if (!list) this.#store.identity.ensureLoaded();
    const { store, reader } = this.#active ?? {};
    if (!list || store !== this.#store || list === store.identity || list === reader?.sources) this.#sendAll();
  }

  async #receive(value: unknown): Promise<void> {
    const message = parseOverviewMessage(value);
    if (!message) return;
    if (message.type === 'ready') {
      // A webview that was hidden loads again and numbers its requests from the start.
      this.#shown = undefined;
      if (isConfigured(this.#aggregator.connection)) this.#store.identity.ensureLoaded();
      this.#sendAll();
    } else if (message.type === 'show') {
      this.#shown = message;
      this.#sendRows();
    } else if (message.type === 'resolve') {
      await this.#resolve(message.problem, message.action);
    } else {
      const reader = this.#getReader();
      if (reader) await this.#handle(reader, message);
    }
  }

  async #handle(reader: OverviewReader, message: OverviewMessage): Promise<void> {
    switch (message.type) {
      case 'refresh':
        return reader.refresh();
      case 'loadMore':
        return reader.load();
      case 'cancel':
        return reader.cancel();
      case 'loadCell':
        return this.#sendCell(reader, message);
      case 'copyMarkdown':
        return this.#copyMarkdown(reader, message.row);
      case 'export': {
        // Loaded with the first export.
        const { exportOverview } = await import('./exportOverview.ts');
        return exportOverview(this.#store, this.#aggregator, message);
      }
      case 'openPack': {
        const rows = await runInSlices(findPackRows(reader.rows.columns, message));
        return openAggregatedPack(this.#commandContext, this.#aggregator, rows, reader.readAt);
      }
    }
  }

  /** Runs an action of a problem. Retry repeats what failed. */
  async #resolve(problem: string, kind: string): Promise<void> {
    if (!isConfigured(this.#aggregator.connection)) return;
    const reader = this.#getReader();
    const { identity } = this.#store;
    const errors = [...identity.errors, ...(reader?.errors ?? [])];
    const { connection } = this.#aggregator;
    return resolveProblem({ problem, action: kind, errors, connection }, async () => {
      await identity.retry();
      reader?.load();
    });
  }

  /** The reader of the current store, which has started to read; undefined if the aggregator must not be read. */
  #getReader(): OverviewReader | undefined {
    if (!this.#isReadable()) return undefined;
    const store = this.#store;
    if (this.#active?.store !== store) {
      this.#stopReading();
      const reader = this.#readers.get(store, this.#aggregator.name);
      const stopListening = reader.onDidChange(() => {
        this.#timer ??= setTimeout(() => this.#sendAll(), sendInterval);
      });
      this.#active = { store, reader, stopListening };
      reader.load();
    }
    return this.#active.reader;
  }

  /** What has been read remains for the next panel. */
  #stopReading(): void {
    this.#active?.stopListening();
    this.#active?.reader.cancel();
    this.#active = undefined;
  }

  /** Sends everything. Clears the webview if the connection has another scope or is not configured. */
  #sendAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const reader = this.#getReader();
    if (reader) {
      this.#responder = new OverviewResponder(reader, settings.accountNames());
      this.#enqueue(async () => {
        const summary = await runInSlices(toSummary(this.#aggregator, reader));
        if (reader === this.#getReader()) this.#send({ type: 'summary', summary });
      });
    } else {
      this.#stopReading();
      this.#responder = undefined;
      this.#send({ type: 'clear' });
      this.#send({ type: 'summary', summary: this.#getUnreadableSummary() });
    }
    this.#sendRows();
  }

  #getUnreadableSummary(): OverviewSummary {
    if (!isConfigured(this.#aggregator.connection)) return toUnconfiguredSummary(this.#aggregator);
    return toUnreadableSummary(this.#aggregator, this.#store.identity);
  }

  /** Answers the last request for rows. */
  #sendRows(): void {
    const shown = this.#shown;
    if (!shown) return;
    if (shown.tab === 'rules') this.#getReader()?.loadRules();
    const responder = this.#responder;
    if (!responder) {
      const { request, tab, range } = shown;
      const empty = { total: 0, focusedIndex: -1, rows: [], suggestedAccounts: [] };
      this.#send({ type: 'rows', request, tab, first: range.first, ...empty });
      return;
    }
    this.#enqueue(async () => {
      // A later request or state of the rows has its own answer.
      if (responder !== this.#responder || shown !== this.#shown) return;
      const message = await runInSlices(responder.answer(shown));
      if (this.#getReader() && responder === this.#responder) this.#send(message);
    });
  }

  #sendCell(reader: OverviewReader, cell: PackOfAccount): void {
    this.#enqueue(async () => {
      const rows = await runInSlices(findPackRows(reader.rows.columns, cell));
      if (reader !== this.#getReader()) return;
      const { account, pack } = cell;
      this.#send({ type: 'cell', account, pack, rows: rows.map((row) => toDeployedPack(row, 1)) });
    });
  }

  /** Copies a row of what the webview shows. */
  async #copyMarkdown(reader: OverviewReader, id: string): Promise<void> {
    const [responder, shown] = [this.#responder, this.#shown];
    if (!responder || !shown) return;
    const rows = await runInSlices(responder.findRow(shown, id));
    const summary = await runInSlices(toSummary(this.#aggregator, reader));
    const [row, ...below] = rows;
    if (row) await copyText(formatOverviewRow(row, below, summary, shown));
  }

  /** Runs tasks one after the other, so that messages keep their order. */
  #enqueue(task: () => Promise<void>): void {
    // Also after a failed task: the panel must go on showing changes.
    this.#sending = this.#sending.then(task, task);
  }

  #send(message: OverviewHostMessage): void {
    void this.#webview.postMessage(message);
  }
}
