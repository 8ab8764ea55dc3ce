import * as vscode from 'vscode';
import type { Evaluation, Pack } from '../../compliance/model.ts';
import type { OwnPack } from '../../compliance/packRef.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import type { PackList } from '../../compliance/store/packList.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';
import { settingsSection } from '../../manifest.ts';
import { formatResourceSections } from '../../reports/resourceSections.ts';
import { ruleReportFormatters } from '../../reports/ruleReport.ts';
import { type HostMessage, type PanelMessage, parsePanelMessage } from '../../webview/protocol.ts';
import { exportRules } from '../export/exportRules.ts';
import { settings } from '../shared/settings.ts';
import { copyRow } from './copyRow.ts';
import { isConfigured } from './isConfigured.ts';
import { openResource } from './panelActions.ts';
import { toHeader, toResource, toResults, toUnconfiguredHeader, toUnreadableHeader } from './panelData.ts';
import { createRuleReport } from './panelReports.ts';
import { toLinked } from './panelState.ts';
import { resolveProblem } from './resolveProblem.ts';
import type { ScoreRecorder } from './scoreRecorder.ts';

/** Controls the panel of a pack in a connection's own scope: loads its data and sends it to the webview. */
export class PackPanel implements vscode.Disposable {
  readonly #target: OwnPack;
  readonly #webview: vscode.Webview;
  readonly #estate: Estate;
  readonly #scoreRecorder: ScoreRecorder;
  /** How many resources of each unfolded rule the webview shows. */
  readonly #resourceCounts = new Map<string, number>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(target: OwnPack, webview: vscode.Webview, estate: Estate, scoreRecorder: ScoreRecorder) {
    this.#target = target;
    this.#webview = webview;
    this.#estate = estate;
    this.#scoreRecorder = scoreRecorder;
    this.#subscriptions = [
      { dispose: estate.onDidChange((list) => this.#handleChange(list)) },
      webview.onDidReceiveMessage((message) => this.#receive(message)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) void this.#receive({ type: 'ready' });
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  // Lists are looked up on each access: a reset replaces them, and another list may have loaded the pack.

  get #store(): ConnectionStore {
    return this.#estate.getStore(this.#target.connection);
  }

  get #packList(): PackList {
    return this.#store.findPackList(this.#target.name);
  }

  get #rules(): RuleList {
    return this.#store.getRuleList(this.#target.name);
  }

  get #passing(): PagedList<Evaluation> {
    return this.#store.getPassingResults(this.#target.name);
  }

  #findPack(): Pack | undefined {
    return this.#packList.rows.find(({ name }) => name === this.#target.name);
  }

  /** Whether the connection's identity is the pack's account and region; undefined before it is loaded. */
  #isOwnScope(): boolean | undefined {
    const [scope] = this.#store.identity.rows;
    return scope && scope.account === this.#target.scope.account && scope.region === this.#target.scope.region;
  }

  #isConfigured(): boolean {
    return isConfigured(this.#target.connection);
  }

  #handleChange(list: List<unknown> | undefined): void {
    if (!this.#isConfigured()) return;
    if (!list) this.#store.identity.ensureLoaded();
    if (!list || list === this.#store.identity) this.#sendAll();
    else if (list === this.#packList) this.#sendHeader();
    else if (list === this.#rules || list === this.#passing) this.#sendResults();
  }

  async #receive(value: unknown): Promise<void> {
    const message = parsePanelMessage(value);
    if (message && this.#isConfigured()) await this.#handle(message);
    else if (message) this.#sendAll();
  }

  async #handle(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#store.identity.ensureLoaded();
        return this.#sendAll();
      case 'refresh':
        for (const list of this.#lists()) void list.refresh();
        return;
      case 'cancel':
        for (const list of this.#lists()) list.cancel();
        return;
      case 'loadMore':
        return this.#loadMore();
      case 'loadResources':
        this.#resourceCounts.set(message.rule, message.count);
        return this.#sendResources(message.rule);
      case 'openResource':
        return openResource(toLinked(this.#target), { type: message.resourceType, id: message.resourceId });
      case 'resolve':
        return this.#resolve(message.problem, message.action);
      case 'copy':
        return vscode.env.clipboard.writeText(message.text);
      case 'copyRule':
      case 'copyResource':
        return copyRow(toLinked(this.#target), message);
      case 'copyMarkdown':
        return this.#copyMarkdown(message);
      case 'export':
        return exportRules(this.#target.name, message.format, () => {
          const report = createRuleReport(this.#target, this.#store, message);
          return { text: ruleReportFormatters[message.format](report), ruleCount: report.rules.length };
        });
    }
  }

  async #copyMarkdown(message: Extract<PanelMessage, { type: 'copyMarkdown' }>): Promise<void> {
    const report = createRuleReport(this.#target, this.#store, message);
    const sections = report.rules
      .filter(({ name }) => message.unfolded.includes(name))
      .map(({ name, failing }) => {
        const resources = failing.slice(0, this.#resourceCounts.get(name));
        return { rule: name, resources, hasMore: resources.length < failing.length };
      });
    await vscode.env.clipboard.writeText(ruleReportFormatters.markdown(report) + formatResourceSections(sections));
  }

  /** Runs an action of a problem. Retry repeats what failed. */
  async #resolve(problem: string, kind: string): Promise<void> {
    const errors = this.#lists().flatMap(({ errors }) => errors);
    return resolveProblem({ problem, action: kind, errors, connection: this.#target.connection }, () =>
      this.#loadMore(),
    );
  }

  #lists(): readonly List<unknown>[] {
    return [this.#store.identity, this.#packList, this.#rules, this.#passing];
  }

  #loadMore(): void {
    // The list of packs may have more pages, which the panel does not need.
    for (const list of [this.#store.identity, this.#packList]) {
      list.ensureLoaded();
      void list.retry();
    }
    void this.#rules.loadMore();
    if (this.#rules.failingResults.isComplete) void this.#passing.loadMore();
  }

  /** Sends everything, and starts loading it. Clears the webview if the connection has another scope or is not configured. */
  #sendAll(): void {
    if (!this.#isConfigured()) {
      this.#send({ type: 'clear' });
      this.#send({ type: 'header', header: toUnconfiguredHeader(this.#target, settings.scoreTarget()) });
      return;
    }
    if (this.#isOwnScope()) {
      this.#packList.ensureLoaded();
      this.#rules.ensureLoaded();
    } else {
      this.#send({ type: 'clear' });
    }
    this.#sendHeader();
    this.#sendResults();
  }

  #sendHeader(): void {
    const target = settings.scoreTarget();
    if (!this.#isOwnScope()) {
      this.#send({ type: 'header', header: toUnreadableHeader(this.#target, this.#store.identity, target) });
      return;
    }
    const pack = this.#findPack();
    this.#send({ type: 'header', header: toHeader(this.#target, pack, this.#packList, target) });
    this.#send({ type: 'trend', scores: this.#scoreRecorder.getScores(this.#target.scope, pack) });
  }

  #sendResults(): void {
    if (!this.#isOwnScope()) return;
    // Passing results are only counted, so failing results are loaded first.
    if (this.#rules.failingResults.isComplete) this.#passing.ensureLoaded();
    this.#send({ type: 'results', results: toResults(this.#rules, this.#passing) });
    for (const rule of this.#resourceCounts.keys()) this.#sendResources(rule);
  }

  #sendResources(rule: string): void {
    const failing = this.#rules.rows.find(({ name }) => name === rule)?.failing ?? [];
    const resources = failing.slice(0, this.#resourceCounts.get(rule)).map(toResource);
    this.#send({ type: 'resources', rule, total: failing.length, resources });
  }

  #send(message: HostMessage): void {
    void this.#webview.postMessage(message);
  }
}
