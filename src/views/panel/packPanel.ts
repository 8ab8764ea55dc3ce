import * as vscode from 'vscode';
import type { OwnPack } from '../../compliance/packRef.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds, settingsSection } from '../../manifest.ts';
import { getResourcesKey, type HostMessage, type PanelMessage } from '../../webview/pack/protocol.ts';
import type { HistoryAccess } from '../history/register.ts';
import { copyText } from '../shared/clipboard.ts';
import { settings } from '../shared/settings.ts';
import { isConfigured } from './configuredConnections.ts';
import { PackLists } from './packLists.ts';
import { runPanelCommand } from './panelActions.ts';
import { toHeader, toResults, toUnconfiguredHeader, toUnreadableHeader } from './panelData.ts';
import { type CopyMarkdownMessage, formatShownRules } from './panelReports.ts';
import { PanelResources, type ResourceSelection } from './panelResources.ts';
import { toPackArguments } from './panelState.ts';
import { parsePanelMessage } from './parsePanelMessage.ts';
import { RecordedStates } from './recordedStates.ts';
import { resolveProblem } from './resolveProblem.ts';
import { handleRowMessage } from './rowMessages.ts';
import type { ScoreRecorder } from './scoreRecorder.ts';

/** Controls the panel of a pack in a connection's own scope: loads its data and sends it to the webview. */
export class PackPanel implements vscode.Disposable {
  readonly #target: OwnPack;
  readonly #webview: vscode.Webview;
  readonly #lists: PackLists;
  readonly #scoreRecorder: ScoreRecorder;
  readonly #history: HistoryAccess;
  readonly #recordedStates = new RecordedStates((list) => this.#send({ type: 'recordedStates', list }));
  /** What the webview shows of each unfolded rule, by `getResourcesKey`. */
  readonly #shownResources = new Map<string, ResourceSelection & { readonly count: number }>();
  /** Of the current store; another one replaces it. */
  #resources: PanelResources;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(
    target: OwnPack,
    webview: vscode.Webview,
    estate: Estate,
    scoreRecorder: ScoreRecorder,
    history: HistoryAccess,
  ) {
    this.#target = target;
    this.#webview = webview;
    this.#lists = new PackLists(target, estate);
    this.#scoreRecorder = scoreRecorder;
    this.#history = history;
    this.#resources = this.#createResources();
    this.#subscriptions = [
      { dispose: estate.onDidChange((list) => this.#handleChange(list)) },
      history.onDidLoad(() => this.#handleChange(this.#lists.packs)),
      webview.onDidReceiveMessage((message) => this.#receive(message)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) void this.#receive({ type: 'ready' });
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#resources.close();
  }

  /** Reads the pack, its rules and their results again. */
  refresh(): void {
    for (const list of this.#lists.all) void list.refresh();
    this.#resources.refreshExceptions(this.#shownRules());
    void this.#recordedStates.refresh();
  }

  #createResources(): PanelResources {
    const resources: PanelResources = new PanelResources(
      this.#lists.store,
      this.#target.name,
      settings.ownerTag,
      () => {
        if (resources === this.#resources) this.#sendOwners();
      },
    );
    return resources;
  }

  /** Discards what was read through a dropped store, which may have belonged to another account. */
  #replaceDroppedResources(): void {
    if (this.#resources.store === this.#lists.store) return;
    this.#resources.close();
    this.#resources = this.#createResources();
  }

  #isConfigured(): boolean {
    return isConfigured(this.#target.connection);
  }

  #handleChange(list: List<unknown> | undefined): void {
    if (!this.#isConfigured()) return;
    if (!list) this.#lists.store.identity.ensureLoaded();
    if (!list || list === this.#lists.store.identity) this.#sendAll();
    else if (list === this.#lists.packs) this.#handlePack();
    else if (list === this.#lists.rules || list === this.#lists.passing) this.#sendResults();
    else this.#sendExceptions(list);
  }

  async #receive(value: unknown): Promise<void> {
    const message = parsePanelMessage(value);
    if (message && this.#isConfigured()) await this.#handle(message);
    else if (message) this.#sendAll();
  }

  async #handle(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#lists.store.identity.ensureLoaded();
        return this.#sendAll();
      case 'refresh':
        return this.refresh();
      case 'cancel':
        for (const list of this.#lists.all) list.cancel();
        return;
      case 'loadMore':
        return this.#loadMore();
      case 'loadHistory':
        return this.#loadHistory();
      case 'loadResources':
        this.#shownResources.set(getResourcesKey(message.rule, message.owner ?? ''), message);
        return this.#sendResources(message, message.count);
      case 'loadOwners':
        this.#resources.showOwners();
        return this.#sendOwners();
      case 'reevaluate':
        return this.#reevaluate(message.rules);
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
    // Loaded with the first export.
    const { exportPanel } = await import('../export/panelExport.ts');
    const { scope, name } = this.#target;
    await exportPanel({ store: this.#lists.store, scope, packs: [name] }, message, this.#history, [
      'exceptions',
      ...(this.#resources.getOwners() ? (['owners'] as const) : []),
    ]);
  }

  async #copyMarkdown(message: CopyMarkdownMessage): Promise<void> {
    const text = formatShownRules(this.#target, this.#lists.store, message, (selection) => {
      const { count } = this.#shownResources.get(getResourcesKey(selection.rule, selection.owner ?? '')) ?? {};
      return this.#resources.getReported(selection, count);
    });
    await copyText(text);
  }

  async #loadHistory(): Promise<void> {
    const packId = this.#lists.findPack()?.deployment?.id;
    if (packId === undefined || !this.#lists.isOwnScope()) return;
    await this.#recordedStates.load(this.#lists.store, packId);
  }

  /** Sends the header, and clears what AWS Config has recorded of a deleted pack once another one has its name. */
  #handlePack(): void {
    const packId = this.#lists.findPack()?.deployment?.id;
    if (packId !== undefined && this.#recordedStates.forgetOthers(packId)) {
      this.#send({ type: 'clear' });
      this.#sendAll();
    } else {
      this.#sendHeader();
    }
  }

  /** Runs an action of a problem. Retry repeats what failed. */
  async #resolve(problem: string, kind: string): Promise<void> {
    const errors = [
      ...this.#lists.all.flatMap((list) => list.errors),
      ...this.#recordedStates.errors,
      ...this.#resources.tagErrors,
    ];
    return resolveProblem({ problem, action: kind, errors, connection: this.#target.connection }, () =>
      this.#loadMore(),
    );
  }

  #shownRules(): readonly string[] {
    return [...this.#shownResources.values()].map(({ rule }) => rule);
  }

  /** The command asks for confirmation. */
  #reevaluate(rules: readonly string[]): Promise<void> {
    const { name, scope } = this.#target;
    const { account, region } = scope;
    const args = { name, account, region, ...(rules.length > 0 ? { rules } : { failingOnly: true }) };
    return runPanelCommand(commandIds.reevaluate, args);
  }

  #loadMore(): void {
    // The list of packs may have more pages, which the panel does not need.
    for (const list of [this.#lists.store.identity, this.#lists.packs]) {
      list.ensureLoaded();
      void list.retry();
    }
    void this.#recordedStates.retry();
    void this.#lists.rules.loadMore();
    this.#resources.retryOwners();
    this.#resources.retryExceptions(this.#shownRules());
    if (this.#lists.rules.failingResults.isComplete) void this.#lists.passing.loadMore();
  }

  /** Sends everything, and starts loading it. Clears the webview if the connection has another scope or is not configured. */
  #sendAll(): void {
    if (!this.#isConfigured()) {
      this.#send({ type: 'clear' });
      this.#send({ type: 'header', header: toUnconfiguredHeader(this.#target, settings.scoreTarget()) });
      return;
    }
    this.#replaceDroppedResources();
    if (this.#lists.isOwnScope()) {
      this.#lists.packs.ensureLoaded();
      this.#lists.rules.ensureLoaded();
    } else {
      this.#send({ type: 'clear' });
    }
    this.#sendHeader();
    this.#sendResults();
    this.#recordedStates.report(this.#lists.store);
    this.#sendOwners();
  }

  #sendHeader(): void {
    const scoreTarget = settings.scoreTarget();
    if (!this.#lists.isOwnScope()) {
      this.#send({ type: 'header', header: toUnreadableHeader(this.#target, this.#lists.store.identity, scoreTarget) });
      return;
    }
    const pack = this.#lists.findPack();
    const scoreChange = pack && this.#history.getScoreChange(this.#target.scope, pack);
    const ownerTag = settings.ownerTag();
    const header = toHeader(this.#target, pack, this.#lists.packs, scoreTarget, scoreChange);
    this.#send({
      type: 'header',
      header: {
        ...header,
        ...(ownerTag !== '' && { ownerTag }),
        ...(settings.allowActions() && { canReevaluate: true }),
      },
    });
    this.#send({ type: 'trend', scores: this.#scoreRecorder.getScores(this.#target.scope, pack) });
  }

  #sendResults(): void {
    if (!this.#lists.isOwnScope()) return;
    // Passing results are only counted, so failing results are loaded first.
    if (this.#lists.rules.failingResults.isComplete) this.#lists.passing.ensureLoaded();
    this.#send({
      type: 'results',
      results: toResults(this.#lists.rules, this.#lists.passing, this.#resources.tagErrors),
    });
    for (const shown of this.#shownResources.values()) this.#sendResources(shown, shown.count);
    this.#resources.loadOwners();
  }

  #sendExceptions(list: List<unknown>): void {
    if (!this.#lists.isOwnScope()) return;
    for (const shown of this.#shownResources.values())
      if (this.#resources.isExceptionsOf(shown.rule, list)) this.#sendResources(shown, shown.count);
  }

  /** The lists of single owners, and the problems, change with the owners. */
  #sendOwners(): void {
    const owners = this.#resources.getOwners();
    if (!this.#lists.isOwnScope() || !owners) return;
    this.#send({ type: 'owners', owners });
    this.#send({
      type: 'results',
      results: toResults(this.#lists.rules, this.#lists.passing, this.#resources.tagErrors),
    });
    for (const shown of this.#shownResources.values())
      if (shown.owner !== undefined) this.#sendResources(shown, shown.count);
  }

  #sendResources({ rule, owner }: ResourceSelection, count: number): void {
    const selection = { rule, ...(owner !== undefined && { owner }) };
    this.#send({ type: 'resources', ...selection, ...this.#resources.getResources(selection, count) });
  }

  #send(message: HostMessage): void {
    void this.#webview.postMessage(message);
  }
}
