import type * as vscode from 'vscode';

/** An open panel, what it shows, and the controller that serves it. */
export interface OpenPanel<Target, Controller> {
  readonly panel: vscode.WebviewPanel;
  readonly target: Target;
  readonly controller: Controller;
}

/** The open panels of one kind. Each shows a target that no other one shows, and can go on with another. */
export class OpenPanels<Target, Controller extends vscode.Disposable> {
  readonly #getKey: (target: Target) => string;
  readonly #panels = new Map<string, OpenPanel<Target, Controller>>();

  /** `getKey` returns equal texts for equal targets. */
  constructor(getKey: (target: Target) => string) {
    this.#getKey = getKey;
  }

  get all(): readonly OpenPanel<Target, Controller>[] {
    return [...this.#panels.values()];
  }

  /** The panel that shows a target. */
  find(target: Target): OpenPanel<Target, Controller> | undefined {
    return this.#panels.get(this.#getKey(target));
  }

  /**
   * Shows a target in a panel, in place of what the panel has shown: that controller is disposed before the new one is
   * created. `onDidClose` is called once, after the panel was closed.
   */
  show(panel: vscode.WebviewPanel, target: Target, create: () => Controller, onDidClose?: () => void): void {
    const isNew = !this.#release(panel);
    this.#panels.set(this.#getKey(target), { panel, target, controller: create() });
    if (isNew) panel.onDidDispose(() => this.#release(panel) && onDidClose?.());
  }

  /** Calls `show` for each panel to which `replace` gives another target, unless another panel shows that one. */
  replaceTargets(
    replace: (target: Target) => Target,
    show: (panel: vscode.WebviewPanel, target: Target, previous: Target) => void,
  ): void {
    for (const { panel, target: previous } of this.all) {
      const target = replace(previous);
      if (target !== previous && !this.find(target)) show(panel, target, previous);
    }
  }

  /** Stops showing a target in a panel. Returns whether the panel has shown one. */
  #release(panel: vscode.WebviewPanel): boolean {
    const [key, open] = [...this.#panels].find(([, each]) => each.panel === panel) ?? [];
    if (key === undefined) return false;
    open?.controller.dispose();
    return this.#panels.delete(key);
  }
}
