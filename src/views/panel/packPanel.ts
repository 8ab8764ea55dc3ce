import * as vscode from 'vscode';
import type { Pack } from '../../compliance/model.ts';
import type { OwnPack } from '../../compliance/packRef.ts';
import type { List } from '../../compliance/paging/list.ts';
import { connectionKey } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { resourceUrl } from '../../compliance/text/consoleUrls.ts';
import { settingsSection } from '../../manifest.ts';
import { type FromPanel, parseFromPanel, type ToPanel } from '../../webview/protocol.ts';
import { exportRules } from '../export/exportRules.ts';
import { settings } from '../shared/settings.ts';
import { headOf, headUnnamed, headWithout, resourceOf, resultsOf } from './facts.ts';
import type { ScoreHistory } from './scoreHistory.ts';

/** Shows one pack of a connection's own scope: what is known at once, and again whenever that changes. */
export class PackPanel implements vscode.Disposable {
  readonly #target: OwnPack;
  readonly #webview: vscode.Webview;
  readonly #estate: Estate;
  readonly #history: ScoreHistory;
  /** How many resources of each unfolded rule the panel shows. */
  readonly #unfolded = new Map<string, number>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(target: OwnPack, webview: vscode.Webview, estate: Estate, history: ScoreHistory) {
    this.#target = target;
    this.#webview = webview;
    this.#estate = estate;
    this.#history = history;
    this.#subscriptions = [
      { dispose: estate.onDidChange((list) => this.#onChange(list)) },
      webview.onDidReceiveMessage((message) => this.#receive(message)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) void this.#receive({ type: 'ready' });
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  // Looked up each time: what was known may have been forgotten, another list may have come to tell of the pack.

  get #known(): ConnectionStore {
    return this.#estate.store(this.#target.connection);
  }

  get #packs() {
    return this.#known.packsWith(this.#target.name);
  }

  get #rules() {
    return this.#known.rules(this.#target.name);
  }

  get #passing() {
    return this.#known.passing(this.#target.name);
  }

  get #pack(): Pack | undefined {
    return this.#packs.rows.find(({ name }) => name === this.#target.name);
  }

  /** Whether the connection still answers for the account that the panel is about; undefined before that is known. */
  get #isOwn(): boolean | undefined {
    const [scope] = this.#known.scope.rows;
    return scope && scope.account === this.#target.scope.account && scope.region === this.#target.scope.region;
  }

  /** Whether the settings still name the connection: what they no longer name may be a workspace's that lost its trust. */
  get #isNamed(): boolean {
    const key = connectionKey(this.#target.connection);
    return settings.connections().some((named) => connectionKey(named) === key);
  }

  #onChange(list: List<unknown> | undefined): void {
    if (!this.#isNamed) return;
    if (!list) this.#known.scope.ensureLoaded();
    if (!list || list === this.#known.scope) this.#show();
    else if (list === this.#packs) this.#sendHead();
    else if (list === this.#rules || list === this.#passing) this.#sendResults();
  }

  async #receive(value: unknown): Promise<void> {
    const message = parseFromPanel(value);
    if (message && this.#isNamed) await this.#answer(message);
    else if (message) this.#show();
  }

  async #answer(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#known.scope.ensureLoaded();
        return this.#show();
      case 'refresh':
        return this.#forAll((list) => list.refresh());
      case 'cancel':
        return this.#forAll((list) => list.cancel());
      case 'continue':
        return this.#goOn();
      case 'resources':
        this.#unfolded.set(message.rule, message.count);
        return this.#sendResources(message.rule);
      case 'openResource':
        return openExternal(resourceUrl(this.#target.scope, message.resourceType, message.resourceId));
      case 'copy':
        return vscode.env.clipboard.writeText(message.text);
      case 'export':
        return exportRules(this.#target, this.#pack, this.#rules, message);
    }
  }

  /** The packs' own list may have more pages: those are not the panel's to read. */
  #goOn(): void {
    for (const list of [this.#known.scope, this.#packs]) {
      list.ensureLoaded();
      void list.retry();
    }
    void this.#rules.loadMore();
    if (this.#rules.failing.complete) void this.#passing.loadMore();
  }

  #forAll(act: (list: List<unknown>) => unknown): void {
    for (const list of [this.#known.scope, this.#packs, this.#rules, this.#passing]) act(list);
  }

  /** Head and rules are asked at the same time; nothing is shown of a connection that answers for somebody else. */
  #show(): void {
    if (!this.#isNamed) {
      this.#send({ type: 'forget' });
      this.#send({ type: 'head', head: headUnnamed(this.#target, settings.scoreTarget()) });
      return;
    }
    if (this.#isOwn) {
      this.#packs.ensureLoaded();
      this.#rules.ensureLoaded();
    } else {
      this.#send({ type: 'forget' });
    }
    this.#sendHead();
    this.#sendResults();
  }

  #sendHead(): void {
    const target = settings.scoreTarget();
    const scopes = this.#known.scope;
    const head = this.#isOwn
      ? headOf(this.#target, this.#pack, this.#packs, target)
      : headWithout(this.#target, scopes, target);
    this.#send({ type: 'head', head });
    if (this.#isOwn) this.#send({ type: 'trend', scores: this.#history.of(this.#target.scope, this.#pack) });
  }

  #sendResults(): void {
    if (!this.#isOwn) return;
    // What passes is only counted: it waits until all that fails is there.
    if (this.#rules.failing.complete) this.#passing.ensureLoaded();
    this.#send({ type: 'results', results: resultsOf(this.#rules, this.#passing) });
    for (const rule of this.#unfolded.keys()) this.#sendResources(rule);
  }

  #sendResources(rule: string): void {
    const failing = this.#rules.rows.find(({ name }) => name === rule)?.failing ?? [];
    const resources = failing.slice(0, this.#unfolded.get(rule)).map(resourceOf);
    this.#send({ type: 'resources', rule, total: failing.length, resources });
  }

  #send(message: ToPanel): void {
    void this.#webview.postMessage(message);
  }
}

async function openExternal(url: string | undefined): Promise<void> {
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url));
}
