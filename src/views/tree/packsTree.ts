import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import { describeFilter, isFiltered } from '../../compliance/filter.ts';
import type { Connection } from '../../compliance/source.ts';
import { contextKeys, viewId } from '../../manifest.ts';
import type { TreeQuery } from './lists.ts';
import type { TreeNode } from './nodes.ts';
import { treeItem } from './treeItem.ts';
import type { TreeModel } from './treeModel.ts';

/**
 * The view in the sidebar. Children are always given at once, from what is known: two questions for
 * the same children can so never cross, and an empty answer is never mistaken for an empty account.
 */
export class PacksTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly model: TreeModel;
  readonly #estate: Estate;
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<TreeNode>;
  #idle: (() => void) | undefined;

  constructor(model: TreeModel, estate: Estate) {
    this.model = model;
    this.#estate = estate;
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    estate.onDidChange((list) => {
      this.#showProgress();
      this.#changed.fire(this.model.owner(list));
    });
  }

  /** Whether a person may be looking at it. */
  get visible(): boolean {
    return this.#view.visible;
  }

  get selection(): readonly TreeNode[] {
    return this.#view.selection;
  }

  getChildren(node?: TreeNode): TreeNode[] {
    const children = this.model.children(node);
    if (!node) void vscode.commands.executeCommand('setContext', contextKeys.welcome, this.model.welcome());
    return children;
  }

  /** Above a pack stands its scope; nothing else is looked for from below. */
  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'pack' ? this.model.scopeOf(node) : undefined;
  }

  /** Shows a pack of a connection's own scope, loading its list as far as it takes. */
  async reveal(connection: Connection, name: string): Promise<void> {
    const pack = await this.model.findPack(connection, name);
    if (pack) await this.#view.reveal(pack, { select: true, focus: true });
    else void vscode.window.showInformationMessage(`${name} is not among the packs that the tree shows.`);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    const { tooltipMarkdown } = await import('./tooltipMarkdown.ts');
    item.tooltip = tooltipMarkdown(node);
    return item;
  }

  /** Changes what is shown; lists that are already known answer at once. */
  show(change: Partial<TreeQuery>): void {
    this.model.query = { ...this.model.query, ...change };
    const { filter } = this.model.query;
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, isFiltered(filter));
    this.#view.message = isFiltered(filter)
      ? `Filter: ${describeFilter(filter)} — “Clear Filter” in the title bar shows everything again.`
      : '';
    this.#changed.fire(undefined);
  }

  /** Reads again what stands at and below `node`, or everything. */
  refresh(node?: TreeNode): void {
    this.model.invalidate(node);
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#idle?.();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** The view's own progress bar, from the first load that starts to the last that ends. */
  #showProgress(): void {
    if (!this.#estate.loading) {
      this.#idle?.();
      this.#idle = undefined;
    } else if (!this.#idle) {
      const idle = new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
      void vscode.window.withProgress({ location: { viewId } }, () => idle);
    }
  }
}
