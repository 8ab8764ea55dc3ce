import * as vscode from 'vscode';
import type { List } from '../../compliance/paging/list.ts';
import { AggregatedPackRules } from '../../compliance/queries/aggregatedPackRules.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { settingsSection } from '../../manifest.ts';
import { formatAggregatedRules } from '../../reports/copiedAggregatedRules.ts';
import type { HostMessage, PanelMessage } from '../../webview/pack/protocol.ts';
import { formatExportFailure } from '../export/exportFailure.ts';
import { copyText } from '../shared/clipboard.ts';
import { showError } from '../shared/messages.ts';
import { settings } from '../shared/settings.ts';
import {
  type HeaderSettings,
  toAggregatedHeader,
  toAggregatedResults,
  toRuleResources,
  toUnconfiguredAggregatedHeader,
} from './aggregatedData.ts';
import { isConfigured } from './configuredConnections.ts';
import { createAggregatedRuleReport } from './panelReports.ts';
import { type AggregatedTarget, toPackArguments } from './panelState.ts';
import { parsePanelMessage } from './parsePanelMessage.ts';
import { resolveProblem } from './resolveProblem.ts';
import { handleRowMessage } from './rowMessages.ts';

/** Controls the panel of a pack that only an aggregator lists: loads its data and sends it to the webview. */
export class AggregatedPackPanel implements vscode.Disposable {
  readonly #target: AggregatedTarget;
  readonly #webview: vscode.Webview;
  readonly #estate: Estate;
  #data: AggregatedPackRules;
  /** How many resources of each unfolded rule the webview shows. */
  readonly #resourceCounts = new Map<string, number>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(target: AggregatedTarget, webview: vscode.Webview, estate: Estate) {
    this.#target = target;
    this.#webview = webview;
    this.#estate = estate;
    this.#data = this.#createData();
    this.#subscriptions = [
      { dispose: estate.onDidChange((list) => (list ? this.#handleChange(list) : this.#sendAll())) },
      webview.onDidReceiveMessage((message) => this.#receive(message)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) this.#sendAll();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#data.close();
  }

  /** Reads the row, the rules and their resources again. */
  refresh(): void {
    void this.#data.store.identity.retry();
    this.#data.refresh();
  }

  #createData(): AggregatedPackRules {
    const store = this.#estate.getStore(this.#target.connection);
    const data: AggregatedPackRules = new AggregatedPackRules(store, this.#target.location, (list) => {
      // Aborted loads of earlier data may still end.
      if (data === this.#data) this.#handleChange(list);
    });
    return data;
  }

  #isConfigured(): boolean {
    return isConfigured(this.#target.connection);
  }

  /** Discards the rows of a dropped store, which may have belonged to another account. */
  #replaceDroppedData(): void {
    if (this.#data.store === this.#estate.getStore(this.#target.connection)) return;
    this.#data.close();
    this.#data = this.#createData();
    this.#resourceCounts.clear();
    this.#send({ type: 'clear' });
  }

  #handleChange(list: List<unknown>): void {
    if (!this.#isConfigured()) return;
    const { store, rows, rules, items } = this.#data;
    const rule = this.#data.findRuleOf(list);
    if (list === store.identity || list === rows) this.#sendHeader();
    if (list === rows || list === rules || list === items || rule !== undefined) this.#sendResults();
    if (rule !== undefined) this.#sendResources(rule);
  }

  async #receive(value: unknown): Promise<void> {
    const message = parsePanelMessage(value);
    if (message && this.#isConfigured()) await this.#handle(message);
    else if (message) this.#sendAll();
  }

  async #handle(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#sendAll();
      case 'refresh':
        return this.refresh();
      case 'cancel':
        return this.#data.cancel();
      case 'loadMore':
        return this.#loadMore();
      case 'loadResources':
        this.#resourceCounts.set(message.rule, message.count);
        this.#data.loadResources(message.rule, message.count);
        return this.#sendResources(message.rule);
      case 'resolve':
        return this.#resolve(message.problem, message.action);
      case 'openRule':
      case 'openResource':
      case 'copy':
      case 'copyRule':
      case 'copyResource':
        return handleRowMessage(toPackArguments(this.#target), message);
      case 'copyMarkdown':
        return this.#copyMarkdown(message);
      case 'export':
        return this.#export(message);
    }
  }

  async #export(message: Extract<PanelMessage, { type: 'export' }>): Promise<void> {
    const { store } = this.#data;
    const [scope] = store.identity.rows;
    if (!scope) {
      const [error] = store.identity.errors;
      void showError(formatExportFailure(error ?? new Error('The account of the connection has not loaded.')));
      return;
    }
    // Loaded with the first export.
    const { exportPanel } = await import('../export/panelExport.ts');
    const { aggregator: name, ...pack } = this.#target.location;
    const aggregator = { name, arn: undefined, sources: undefined };
    await exportPanel({ store, scope, aggregator, packs: [pack] }, message);
  }

  #loadMore(): void {
    void this.#data.store.identity.retry();
    this.#data.loadMore();
  }

  /** Runs an action of a problem. Retry repeats what failed. */
  async #resolve(problem: string, kind: string): Promise<void> {
    const errors = [...this.#data.store.identity.errors, ...this.#data.errors];
    return resolveProblem({ problem, action: kind, errors, connection: this.#target.connection }, () =>
      this.#loadMore(),
    );
  }

  async #copyMarkdown(message: Extract<PanelMessage, { type: 'copyMarkdown' }>): Promise<void> {
    const report = createAggregatedRuleReport(this.#target, this.#data, message);
    const sections = report.rules.flatMap(({ name, resources }) => {
      if (!resources || !message.unfolded.includes(name)) return [];
      const shown = resources.rows.slice(0, this.#resourceCounts.get(name));
      return { rule: name, resources: shown, hasMore: !resources.isComplete || shown.length < resources.rows.length };
    });
    await copyText(formatAggregatedRules(report, sections));
  }

  /** Sends everything, and starts loading it. Clears the webview if the connection is not configured. */
  #sendAll(): void {
    if (!this.#isConfigured()) {
      this.#send({ type: 'clear' });
      this.#send({ type: 'header', header: toUnconfiguredAggregatedHeader(this.#target, this.#getHeaderSettings()) });
      return;
    }
    this.#replaceDroppedData();
    this.#data.store.identity.ensureLoaded();
    this.#data.ensureLoaded();
    this.#sendHeader();
    this.#sendResults();
    for (const rule of this.#resourceCounts.keys()) this.#sendResources(rule);
  }

  #getHeaderSettings(): HeaderSettings {
    return {
      target: settings.scoreTarget(),
      accountName: settings.accountNames().get(this.#target.location.account),
    };
  }

  #sendHeader(): void {
    const header = toAggregatedHeader(this.#target, this.#data, this.#getHeaderSettings());
    this.#send({ type: 'header', header });
  }

  #sendResults(): void {
    this.#send({ type: 'results', results: toAggregatedResults(this.#target, this.#data) });
  }

  #sendResources(rule: string): void {
    const resources = toRuleResources(this.#data.getResources(rule), this.#resourceCounts.get(rule) ?? 0);
    this.#send({ type: 'resources', rule, ...resources });
  }

  #send(message: HostMessage): void {
    void this.#webview.postMessage(message);
  }
}
