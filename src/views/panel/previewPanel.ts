import * as vscode from 'vscode';
import { contextKeys, panelTypes } from '../../manifest.ts';
import { setPanelIcon } from '../shared/panelIcon.ts';

/** The stored key of the previewed pack: it is still a preview after a reload of the window. */
const storageKey = 'packscope.previewedPack';
/** Selecting a pack again within this time is a double click. In milliseconds. */
const doubleClickTime = 1000;
/** How long `keepNext` waits for the selection: longer, because the editor may be busy between the two commands. In milliseconds. */
const keepNextTime = 5000;

/** The panel that the next selected pack reuses, until it is kept. */
export class PreviewPanel {
  readonly #storage: vscode.Memento;
  #shown: { readonly key: string; readonly panel: vscode.WebviewPanel } | undefined;
  #lastSelection = { key: '', time: 0 };
  /** When `keepNext` ends, epoch milliseconds. */
  #keepsUntil = 0;

  constructor(storage: vscode.Memento) {
    this.#storage = storage;
  }

  /** Remembers that a pack was selected. Returns whether that keeps it: after `keepNext`, or if it is selected twice in a row. */
  addSelection(key: string): boolean {
    const now = Date.now();
    const isDoubleClick = this.#lastSelection.key === key && now - this.#lastSelection.time < doubleClickTime;
    const result = isDoubleClick || now < this.#keepsUntil;
    this.#lastSelection = { key, time: now };
    this.#keepsUntil = 0;
    return result;
  }

  /** Keeps the pack that is selected now: a command of a tree item does not know whether a key or a click ran it. */
  keepNext(): void {
    this.#keepsUntil = Date.now() + keepNextTime;
  }

  /** Keeps the preview if it shows the pack of `key`. Without a key: in any case. */
  keep(key = this.#shown?.key): void {
    if (!this.#shown || this.#shown.key !== key) return;
    setPanelIcon(this.#shown.panel, 'shield');
    this.#forget();
  }

  /** The panel to reuse, unless it has been closed, kept or pinned. */
  takePanel(): vscode.WebviewPanel | undefined {
    if (this.#shown && isPinned(this.#shown.panel)) this.keep();
    return this.#shown?.panel;
  }

  /** Makes a panel the preview. It stays one until it is kept or closed. */
  show(key: string, panel: vscode.WebviewPanel): void {
    const isReused = this.#shown?.panel === panel;
    this.#shown = { key, panel };
    setPanelIcon(panel, 'eye');
    void this.#storage.update(storageKey, key);
    this.#updateContext();
    if (isReused) return;
    panel.onDidChangeViewState(() => this.#updateContext());
    panel.onDidDispose(() => {
      if (this.#shown?.panel === panel) this.#forget();
    });
  }

  /** Makes a panel the preview if it was the preview before a reload of the window. */
  restore(key: string, panel: vscode.WebviewPanel): void {
    if (!this.#shown && this.#storage.get(storageKey) === key) this.show(key, panel);
  }

  /** Follows a pack that is now read through another connection. */
  changeKey(key: string, newKey: string): void {
    if (this.#shown?.key === key) this.show(newKey, this.#shown.panel);
  }

  #forget(): void {
    this.#shown = undefined;
    void this.#storage.update(storageKey, undefined);
    this.#updateContext();
  }

  #updateContext(): void {
    void vscode.commands.executeCommand('setContext', contextKeys.preview, this.#shown?.panel.active === true);
  }
}

/** Whether the user has pinned the panel's tab. Only the tab knows, so it is found by its title. */
const isPinned = ({ title, viewColumn }: vscode.WebviewPanel): boolean =>
  vscode.window.tabGroups.all
    .filter((group) => group.viewColumn === viewColumn)
    .flatMap(({ tabs }) => tabs)
    .some(
      ({ isPinned, input, label }) =>
        isPinned &&
        label === title &&
        input instanceof vscode.TabInputWebview &&
        input.viewType.endsWith(panelTypes.pack),
    );
