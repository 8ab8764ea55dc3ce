import type * as vscode from 'vscode';
import { createQuickPick, toPlainItem } from '../../shared/quickPicks.ts';

/** An item of a picker. Without a value it is information that cannot be picked. */
export interface Suggestion<Value> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value?: Value;
}

interface SuggestionPicker<Value> {
  readonly title: string;
  readonly placeholder: string;
  /** The text at first. */
  readonly text: string;
  /** The items for a typed text, in the order in which they are shown. */
  readonly createItems: (text: string, isLoading: boolean) => readonly Suggestion<Value>[];
  /** Loads more suggestions. Aborted when the picker closes. Never rejects. */
  readonly load?: (signal: AbortSignal) => Promise<void>;
}

/** Lets the user pick a suggestion; undefined if the user cancels. Items that arrive later never move the active one. */
export function pickSuggestion<Value>(options: SuggestionPicker<Value>): Promise<Value | undefined> {
  const picker = createQuickPick<vscode.QuickPickItem & { readonly value?: Value }>();
  const closing = new AbortController();
  let shownText: string | undefined;
  const update = () => {
    if (closing.signal.aborted) return;
    const [active] = shownText === picker.value ? picker.activeItems : [];
    shownText = picker.value;
    // The items match already: VS Code would hide those that match by several words.
    const items = options.createItems(picker.value, picker.busy).map((item) => ({ ...item, alwaysShow: true }));
    picker.items = items.map(toPlainItem);
    const kept = picker.items.find(
      ({ label, description }) => label === active?.label && description === active.description,
    );
    if (kept) picker.activeItems = [kept];
  };
  picker.title = options.title;
  picker.placeholder = options.placeholder;
  picker.value = options.text;
  // VS Code sorts matches by label. Its types lack this property, which keeps the order of the items.
  Object.assign(picker, { sortByLabel: false });
  picker.onDidChangeValue(update);
  if (options.load) {
    picker.busy = true;
    void options.load(closing.signal).then(() => {
      if (closing.signal.aborted) return;
      picker.busy = false;
      update();
    });
  }
  update();
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const value = picker.activeItems[0]?.value;
      if (value === undefined) return;
      resolve(value);
      picker.hide();
    });
    picker.onDidHide(() => {
      closing.abort();
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
