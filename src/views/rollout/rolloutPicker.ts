import * as vscode from 'vscode';
import type { AccountRollout } from '../../compliance/organizationModel.ts';
import type { ScopedRollout } from '../../compliance/queries/rolloutReader.ts';
import type { Connection } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { ErrorAction } from '../../compliance/text/errorMessages.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { toOneLine } from '../../compliance/text/plainText.ts';
import { formatRolloutReport } from '../../reports/rolloutReport.ts';
import { type Button, createFailureButtons } from '../palette/itemButtons.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { getFirstAction } from '../palette/quickPickItems.ts';
import { copyText } from '../shared/clipboard.ts';
import { showError } from '../shared/messages.ts';
import { createQuickPick, type PlainItem, toPlainItem } from '../shared/quickPicks.ts';
import { runErrorAction } from '../shared/runErrorAction.ts';
import { settings } from '../shared/settings.ts';
import { openDeployedPack } from './openDeployedPack.ts';
import { addNoMatch, createAccountItems, createPackItems, isFilterable, type RolloutItem } from './rolloutItems.ts';
import { getRolloutKey, RolloutQuery } from './rolloutQuery.ts';

interface QuickPickItem extends vscode.QuickPickItem {
  readonly item: RolloutItem;
  readonly buttons: readonly Button[];
}

/** Shows the organization's packs while they are read, and the accounts of the pack that the user picks. */
export const showRollouts = (
  commandContext: PackCommandContext,
  getStores: () => readonly ConnectionStore[],
): Promise<void> => new Promise((resolve) => new RolloutPicker(commandContext, getStores, resolve).open());

class RolloutPicker {
  readonly #commandContext: PackCommandContext;
  readonly #query: RolloutQuery;
  readonly #resolve: () => void;
  readonly #quickPick = createQuickPick<QuickPickItem>();
  readonly #closing = new AbortController();
  readonly #stopListening: () => void;
  #activeRuns = 0;
  /** The accounts of this pack are shown. */
  #selectedKey: string | undefined;
  /** The displayed content, to skip updates that change nothing. */
  #displayedContent = '';

  constructor(commandContext: PackCommandContext, getStores: () => readonly ConnectionStore[], resolve: () => void) {
    this.#commandContext = commandContext;
    this.#query = new RolloutQuery(getStores, {}, () => this.#update());
    this.#resolve = resolve;
    this.#stopListening = commandContext.estate.onDidChange((list) => {
      // Dropped stores have successors that nothing has read yet.
      if (!list) void this.#run();
    });
  }

  open(): void {
    const quickPick = this.#quickPick;
    quickPick.matchOnDescription = true;
    quickPick.matchOnDetail = true;
    quickPick.onDidChangeValue(() => this.#update());
    quickPick.onDidAccept(() => this.#accept(quickPick.activeItems[0]?.item));
    quickPick.onDidTriggerItemButton(({ item, button }) => item.buttons.find((each) => each === button)?.run());
    quickPick.onDidTriggerButton((button) =>
      button === vscode.QuickInputButtons.Back ? this.#select() : this.#copy(this.#selectedKey),
    );
    quickPick.onDidHide(() => this.#close());
    void this.#run();
    quickPick.show();
  }

  async #run(): Promise<void> {
    this.#activeRuns += 1;
    this.#update();
    await this.#query.run(this.#closing.signal);
    this.#activeRuns -= 1;
    this.#update();
  }

  /** Updates the items and keeps the active item active. */
  #update(): void {
    if (this.#closing.signal.aborted) return;
    const quickPick = this.#quickPick;
    const isRunning = this.#activeRuns > 0;
    const options = { isRunning, accountNames: settings.accountNames(), now: Date.now() };
    const selected = this.#find(this.#selectedKey);
    const all = selected ? createAccountItems(this.#query, selected, options) : createPackItems(this.#query, options);
    const items = addNoMatch(all, quickPick.value);
    quickPick.busy = isRunning;
    const title = selected
      ? toOneLine(`${selected.rollout.pack} · ${formatScope(selected.scope)}`)
      : 'Organization Packs';
    const content = JSON.stringify([title, items.map(({ selection, ...text }) => text)]);
    if (content === this.#displayedContent) return;
    this.#displayedContent = content;
    quickPick.keepScrollPosition = quickPick.title === title;
    quickPick.title = title;
    quickPick.placeholder = selected ? 'Type part of an account, state or error' : 'Type part of a name or state';
    quickPick.buttons = selected ? [vscode.QuickInputButtons.Back, copyButton] : [];
    const activeKey = quickPick.activeItems[0]?.item.key;
    quickPick.items = items.map((item) => toQuickPickItem(item, this.#createButtons(item)));
    const activeItem = quickPick.items.find(({ item }) => item.key === activeKey);
    if (activeItem) quickPick.activeItems = [activeItem];
  }

  /** The pack as last read. */
  #find(key: string | undefined): ScopedRollout | undefined {
    return this.#query.getRollouts().find((rollout) => getRolloutKey(rollout) === key);
  }

  #createButtons({ selection }: RolloutItem): readonly Button[] {
    if (selection.kind === 'rollout') {
      const key = getRolloutKey(selection.rollout);
      return [{ ...copyButton, run: () => this.#copy(key) }];
    }
    if (selection.kind !== 'failure') return [];
    return createFailureButtons(selection.failure, (action, connection) => this.#runAction(action, connection));
  }

  #accept(item: RolloutItem | undefined): void {
    if (!item) return;
    const { selection } = item;
    if (selection.kind === 'rollout') this.#select(getRolloutKey(selection.rollout));
    if (selection.kind === 'account') void this.#openPack(selection.rollout, selection.account);
    if (selection.kind === 'failure') this.#runAction(getFirstAction(selection.failure), selection.failure.connection);
  }

  /** Shows the accounts of a pack, or all packs. */
  #select(key?: string): void {
    this.#selectedKey = key;
    this.#quickPick.value = '';
    this.#update();
  }

  async #openPack({ scope }: ScopedRollout, { account, deployedName }: AccountRollout): Promise<void> {
    try {
      if (deployedName === undefined) throw new Error(`AWS Config names no pack in account ${account}.`);
      await openDeployedPack(this.#commandContext, { name: deployedName, account, region: scope.region });
      this.#quickPick.hide();
    } catch (thrown) {
      void showError(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  async #copy(key: string | undefined): Promise<void> {
    const rollout = this.#find(key);
    if (!rollout) return;
    const failures = this.#query.getFailures().filter(({ connection }) => connection === rollout.connection);
    await copyText(formatRolloutReport(rollout, failures, settings.accountNames()));
  }

  /** Retry reads what is missing. */
  #runAction(action: ErrorAction, connection: Connection): void {
    if (action.kind === 'retry') void this.#run();
    else void runErrorAction(action, connection);
  }

  /** Aborts the requests. */
  #close(): void {
    this.#closing.abort();
    this.#stopListening();
    this.#resolve();
    this.#quickPick.dispose();
  }
}

const copyButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: 'Copy as Markdown' };

function toQuickPickItem(item: RolloutItem, buttons: readonly Button[]): PlainItem<QuickPickItem> {
  const { label, description, detail, icon } = item;
  const color = icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color);
  return toPlainItem({
    item,
    label,
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
    iconPath: new vscode.ThemeIcon(icon.codicon, color),
    alwaysShow: !isFilterable(item),
    buttons,
  });
}
