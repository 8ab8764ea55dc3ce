import * as vscode from 'vscode';
import type { PackRef } from '../../compliance/packRef.ts';
import type { Connection } from '../../compliance/source.ts';
import type { ErrorAction } from '../../compliance/text/errorMessages.ts';
import { createQuickPick, type PlainItem, toPlainItem } from '../shared/quickPicks.ts';
import { runErrorAction } from '../shared/runErrorAction.ts';
import { type Button, createFailureButtons, toButton } from './itemButtons.ts';
import { getPackButtons } from './packButtons.ts';
import type { PackCommandContext } from './packCommandContext.ts';
import type { PickerQuery } from './pickerQuery.ts';
import {
  containsText,
  createItems,
  getFirstAction,
  isFilterable,
  keepPlaces,
  loadingItem,
  type PickerItem,
  type Selection,
} from './quickPickItems.ts';

/** Milliseconds without typing before what was typed is looked up as an exact name. */
const typingPause = 300;

interface QuickPickItem extends vscode.QuickPickItem {
  readonly key: string;
  readonly selection: Selection;
  readonly buttons: readonly Button[];
}

/** Shows a query's results while it runs. Resolves with the pack that the user picks. */
export const pickPack = (commandContext: PackCommandContext, query: PickerQuery): Promise<PackRef | undefined> =>
  new Promise((resolve) => new Picker(commandContext, query, resolve).open());

class Picker {
  readonly #commandContext: PackCommandContext;
  readonly #query: PickerQuery;
  readonly #resolve: (pack: PackRef | undefined) => void;
  readonly #quickPick = createQuickPick<QuickPickItem>();
  readonly #closing = new AbortController();
  readonly #stopListening: () => void;
  #activeRuns = 0;
  /** Whether the user has pressed Enter on Loading…. */
  #isAcceptPending = false;
  /** The text that the displayed items match. */
  #text = '';
  #typingTimer: NodeJS.Timeout | undefined;
  /** The displayed content, to skip updates that change nothing. */
  #displayedContent = '';

  constructor(commandContext: PackCommandContext, query: PickerQuery, resolve: (pack: PackRef | undefined) => void) {
    this.#commandContext = commandContext;
    this.#query = query;
    this.#resolve = resolve;
    // Dropped stores have successors that nothing has read yet.
    this.#stopListening = commandContext.estate.onDidChange((list) => (list ? this.#update() : void this.#run()));
  }

  open(): void {
    const quickPick = this.#quickPick;
    quickPick.placeholder = this.#query.placeholder;
    quickPick.matchOnDescription = true;
    quickPick.matchOnDetail = true;
    quickPick.keepScrollPosition = true;
    // VS Code sorts matches by label. Its types lack this property, which keeps the order of the items.
    Object.assign(quickPick, { sortByLabel: false });
    this.#query.onDidCompute?.(() => this.#update());
    quickPick.onDidChangeValue(() => this.#onType());
    // What is highlighted when the user presses Enter, whatever arrives then.
    quickPick.onDidAccept(() => this.#accept(quickPick.activeItems[0] ?? quickPick.selectedItems[0]));
    quickPick.onDidTriggerItemButton(({ item, button }) => item.buttons.find((each) => each === button)?.run());
    quickPick.onDidHide(() => this.#close());
    void this.#run();
    quickPick.show();
  }

  #run(): Promise<void> {
    return this.#track(() => this.#query.run(this.#closing.signal));
  }

  /** Shows the picker as busy until `load` ends. */
  async #track(load: () => Promise<void> | undefined): Promise<void> {
    this.#activeRuns += 1;
    this.#update();
    await load();
    this.#activeRuns -= 1;
    this.#update();
  }

  #onType(): void {
    this.#isAcceptPending = false;
    this.#update();
    clearTimeout(this.#typingTimer);
    const text = this.#quickPick.value;
    this.#typingTimer = setTimeout(
      () => void this.#track(() => this.#query.search?.(text, this.#closing.signal)),
      typingPause,
    );
  }

  /** Updates the items. Keeps the active item active, except that the best match is active after typing. */
  #update(): void {
    if (this.#closing.signal.aborted) return;
    const quickPick = this.#quickPick;
    const isRunning = this.#activeRuns > 0;
    const scoreTarget = this.#commandContext.getScoreTarget();
    const text = quickPick.value;
    const ranked = createItems(this.#query, { isRunning, scoreTarget, now: Date.now(), text });
    const isSameText = text === this.#text;
    const shownActiveKey = quickPick.activeItems[0]?.key;
    const shownKeys = quickPick.items.map(({ key }) => key);
    // Before the user types or moves, the best row comes first, whatever has arrived before it.
    const isTouched = text !== '' || (shownActiveKey !== undefined && shownActiveKey !== shownKeys[0]);
    const items = isSameText && isTouched ? keepPlaces(ranked, shownKeys, shownActiveKey) : ranked;
    quickPick.busy = isRunning;
    quickPick.title = this.#query.title;
    const content = JSON.stringify([text, items.map(({ selection, ...texts }) => texts)]);
    if (content !== this.#displayedContent) this.#display(items, isSameText ? shownActiveKey : items[0]?.key);
    this.#displayedContent = content;
    this.#acceptPending();
  }

  #display(items: readonly PickerItem[], activeKey: string | undefined): void {
    const quickPick = this.#quickPick;
    const text = quickPick.value;
    this.#text = text;
    quickPick.items = items.map((item) => toQuickPickItem(item, text, this.#createButtons(item)));
    const activeItem = quickPick.items.find(({ key }) => key === activeKey);
    if (activeItem) quickPick.activeItems = [activeItem];
  }

  /** Accepts the best match if the user has pressed Enter before there was one. Without a match, Enter is over. */
  #acceptPending(): void {
    if (!this.#isAcceptPending || this.#activeRuns > 0 || this.#query.isComputing?.(this.#text)) return;
    this.#isAcceptPending = false;
    const [best] = this.#quickPick.items;
    if (best?.selection.kind === 'pack') this.#accept(best);
  }

  #createButtons({ selection }: PickerItem): readonly Button[] {
    if (selection.kind === 'pack') return getPackButtons(this.#commandContext, selection.pack).map(toButton);
    if (selection.kind !== 'failure') return [];
    return createFailureButtons(selection.failure, (action, connection) => this.#runAction(action, connection));
  }

  #accept(item: QuickPickItem | undefined): void {
    this.#isAcceptPending = item?.key === loadingItem.key;
    if (!item || item.selection.kind === 'none') return;
    const { selection } = item;
    if (selection.kind === 'pack') {
      this.#resolve(selection.pack);
      this.#quickPick.hide();
    } else if (selection.kind === 'failure') {
      this.#runAction(getFirstAction(selection.failure), selection.failure.connection);
    } else {
      this.#continue(selection);
    }
  }

  /** Retry repeats the query. */
  #runAction(action: ErrorAction, connection: Connection): void {
    if (action.kind === 'retry') void this.#run();
    else void runErrorAction(action, connection);
  }

  #continue(selection: Selection): void {
    if (selection.kind === 'more') this.#query.requestMore?.();
    if (selection.kind === 'aggregator') {
      this.#query.selectAggregator?.(selection.resolved);
      this.#quickPick.value = '';
    }
    void this.#run();
  }

  /** Aborts the requests that only this picker waits for. */
  #close(): void {
    this.#closing.abort();
    clearTimeout(this.#typingTimer);
    this.#stopListening();
    this.#resolve(undefined);
    this.#quickPick.dispose();
  }
}

function toQuickPickItem(item: PickerItem, text: string, buttons: readonly Button[]): PlainItem<QuickPickItem> {
  const { key, label, description, detail, icon, selection } = item;
  const color = icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color);
  return toPlainItem({
    key,
    selection,
    label,
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
    iconPath: new vscode.ThemeIcon(icon.codicon, color),
    // VS Code hides items that do not contain the typed text as one.
    alwaysShow: !isFilterable(item) || !containsText(item, text),
    buttons,
  });
}
