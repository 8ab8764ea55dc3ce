import * as vscode from 'vscode';
import type { PackRef } from '../../compliance/packRef.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { toOneLine } from '../../compliance/text/plainText.ts';
import { asRecord } from '../../compliance/unknownValues.ts';
import { panelTypes, settingsSection } from '../../manifest.ts';
import type { HistoryAccess } from '../history/register.ts';
import { OpenPanels } from '../shared/openPanels.ts';
import { setPanelIcon } from '../shared/panelIcon.ts';
import { completeStep } from '../shared/walkthrough.ts';
import { AggregatedPackPanel } from './aggregatedPackPanel.ts';
import { isConfigured, withConfiguredConnection } from './configuredConnections.ts';
import { PackPanel } from './packPanel.ts';
import { getResourceRoots, renderPanelHtml } from './panelHtml.ts';
import {
  getPanelKey,
  isAggregatedTarget,
  type PanelTarget,
  parseAggregatedPanelState,
  parsePanelState,
  toPackArguments,
  toPanelTarget,
  toTargetState,
} from './panelState.ts';
import { formatPanelTitle, formatPanelTitles } from './panelTitles.ts';
import { PreviewPanel } from './previewPanel.ts';
import { RuleMessages } from './ruleMessages.ts';
import type { ScoreRecorder } from './scoreRecorder.ts';

/** How a pack's panel opens. */
export interface OpenOptions {
  /** Whether the next preview may replace it. The focus stays where it is. */
  readonly isPreview?: boolean;
  /** The name of the rule that it shows. */
  readonly showRule?: string | undefined;
}

/** The open panels, one per pack. At most one of them is a preview. */
export class PackPanels {
  readonly #extensionUri: vscode.Uri;
  readonly #estate: Estate;
  readonly #scoreRecorder: ScoreRecorder;
  readonly #history: HistoryAccess;
  readonly #preview: PreviewPanel;
  readonly #panels = new OpenPanels<PanelTarget, PackPanel | AggregatedPackPanel>(getPanelKey);
  /** A reused panel keeps its own. */
  readonly #ruleMessages = new WeakMap<vscode.WebviewPanel, RuleMessages>();

  constructor(context: vscode.ExtensionContext, estate: Estate, scoreRecorder: ScoreRecorder, history: HistoryAccess) {
    this.#extensionUri = context.extensionUri;
    this.#estate = estate;
    this.#scoreRecorder = scoreRecorder;
    this.#history = history;
    this.#preview = new PreviewPanel(context.workspaceState);
    context.subscriptions.push(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) this.#replaceConnections();
      }),
    );
  }

  /** Opens the panel of a pack in the active group, or reveals it if it is open. */
  open(pack: PackRef, { isPreview = false, showRule }: OpenOptions = {}): void {
    completeStep('openedPack');
    const target = toPanelTarget(pack);
    const key = getPanelKey(target);
    const preserveFocus = isPreview && !this.#preview.addSelection(key);
    if (!preserveFocus) this.#preview.keep(key);
    const open = this.#panels.find(target);
    if (open) open.panel.reveal(undefined, preserveFocus);
    else if (preserveFocus) this.#openPreview(target);
    else this.#show(createPanel(target, false), target);
    const panel = this.#panels.find(target)?.panel;
    if (panel && showRule !== undefined) this.#ruleMessages.get(panel)?.showRule(showRule);
  }

  /** Keeps the preview, or with `{ next: true }` the panel that opens next. */
  keep(args: unknown): void {
    if (asRecord(args).next === true) this.#preview.keepNext();
    else this.#preview.keep();
  }

  /** The pack of the active panel as command arguments; undefined if no panel of a configured connection is active. */
  getActivePack(): Readonly<Record<string, string>> | undefined {
    const target = this.#findActive()?.target;
    return target && toPackArguments(target);
  }

  /** Reads the pack of the active panel again. Returns whether there is one. */
  refreshActive(): boolean {
    const active = this.#findActive();
    active?.controller.refresh();
    return active !== undefined;
  }

  /** The active panel, if its connection is configured. */
  #findActive() {
    const active = this.#panels.all.find(({ panel }) => panel.active);
    return active && isConfigured(active.target.connection) ? active : undefined;
  }

  /** Restores a panel after a reload of the window. Closes it if its state is invalid or the pack is already open. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const { target: stored } = asRecord(state);
    const restored = parseAggregatedPanelState(stored) ?? parsePanelState(stored);
    const target = restored && configure(restored);
    if (!target || this.#panels.find(target)) {
      panel.dispose();
      return;
    }
    this.#show(panel, target);
    this.#preview.restore(getPanelKey(restored), panel);
  }

  /** Lets panels go on with the connections that have replaced theirs in the settings. */
  #replaceConnections(): void {
    this.#panels.replaceTargets(configure, (panel, target, previous) => {
      this.#show(panel, target);
      this.#preview.changeKey(getPanelKey(previous), getPanelKey(target));
    });
  }

  #openPreview(target: PanelTarget): void {
    const panel = this.#preview.takePanel();
    // `ViewColumn.Active` would reveal the panel where it is.
    panel?.reveal(vscode.window.tabGroups.activeTabGroup.viewColumn, true);
    this.#show(panel ?? createPanel(target, true), target);
    const open = this.#panels.find(target);
    if (open) this.#preview.show(getPanelKey(target), open.panel);
  }

  /** Shows a pack in a panel, in place of the pack that the panel has shown. */
  #show(panel: vscode.WebviewPanel, target: PanelTarget): void {
    this.#panels.show(
      panel,
      target,
      () =>
        isAggregatedTarget(target)
          ? new AggregatedPackPanel(target, panel.webview, this.#estate)
          : new PackPanel(target, panel.webview, this.#estate, this.#scoreRecorder, this.#history),
      () => this.#updateTitles(),
    );
    if (!this.#ruleMessages.has(panel)) this.#ruleMessages.set(panel, new RuleMessages(panel));
    this.#updateTitles();
    this.#render(panel, toTargetState(target), toPackArguments(target));
  }

  /** The title of a panel depends on the others. */
  #updateTitles(): void {
    const open = this.#panels.all;
    const titles = formatPanelTitles(open.map(({ target }) => target));
    for (const [index, { panel }] of open.entries()) panel.title = toOneLine(titles[index] ?? '');
  }

  #render(panel: vscode.WebviewPanel, panelState: unknown, packLocation: unknown): void {
    setPanelIcon(panel, 'shield');
    panel.webview.options = { enableScripts: true, localResourceRoots: getResourceRoots(this.#extensionUri) };
    panel.webview.html = renderPanelHtml(panel.webview, this.#extensionUri, {
      title: 'Conformance pack',
      script: 'main',
      styles: ['panel'],
      state: panelState,
      context: { linked: packLocation },
    });
  }
}

/** The target with a configured connection, if there is one for it. */
const configure = (target: PanelTarget): PanelTarget =>
  isAggregatedTarget(target) ? withConfiguredConnection(target) : withConfiguredConnection(target, target.scope.region);

const createPanel = (target: PanelTarget, preserveFocus: boolean): vscode.WebviewPanel =>
  vscode.window.createWebviewPanel(panelTypes.pack, toOneLine(formatPanelTitle(target)), {
    viewColumn: vscode.ViewColumn.Active,
    preserveFocus,
  });
