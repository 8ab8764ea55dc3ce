import * as vscode from 'vscode';
import { describeFilter, type Filter, isFiltered } from '../../compliance/filter.ts';
import type { Connection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { clock } from '../../compliance/text/format.ts';
import { contextKeys, viewId } from '../../manifest.ts';
import { ChangeQueue } from './changeQueue.ts';
import type { PackNode, TreeNode } from './model/nodes.ts';
import type { TreeModel } from './model/treeModel.ts';
import type { TreeQuery } from './model/treeQuery.ts';

/** A pack that is looked for is revealed so often until it is selected, */
const mostTries = 3;
/** and so long, in milliseconds, its selection may take to be told. */
const selectionTold = 500;

/**
 * The view in the sidebar. Children are always given at once, from what is known: two questions for
 * the same children can so never cross, and an empty answer is never mistaken for an empty account.
 */
export class PacksTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly model: TreeModel;
  /** Whether nobody is told of a pack; its menu says so. */
  isMuted: (pack: PackNode) => boolean = () => false;
  readonly #estate: Estate;
  readonly #keep: (filter: Filter) => void;
  readonly #told = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#told.event;
  readonly #changes = new ChangeQueue(
    () => this.visible,
    (changed) => this.#told.fire(changed),
  );
  readonly #view: vscode.TreeView<TreeNode>;
  #idle: (() => void) | undefined;
  #waiting = '';
  #waitEnds: NodeJS.Timeout | undefined;

  /** `keep` is told of every filter that is set. */
  constructor(model: TreeModel, estate: Estate, keep: (filter: Filter) => void) {
    this.model = model;
    this.#keep = keep;
    this.#estate = estate;
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    estate.onDidChange((list) => {
      this.#showProgress();
      this.#changes.add(this.model.owner(list));
    });
    this.#view.onDidChangeVisibility(() => this.#changes.release());
  }

  /** Whether a person may be looking at it. */
  get visible(): boolean {
    return this.#view.visible;
  }

  /** The number on the view's icon. */
  get badge(): vscode.ViewBadge | undefined {
    return this.#view.badge;
  }

  set badge(badge: vscode.ViewBadge | undefined) {
    this.#view.badge = badge;
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
    if (!pack) {
      void vscode.window.showInformationMessage(`${name} is not among the packs that the tree shows.`);
      return;
    }
    // The way to a node is asked from the root. A load that this begins would redraw the root, and the way be lost;
    // a view that only now opens may still lose it by itself, and says nothing of it.
    let tries = 0;
    do {
      await this.#changes.during(() => this.#view.reveal(pack, { select: true, focus: true }));
      tries++;
    } while (tries < mostTries && !(await this.#isSelected(pack)));
  }

  /** Whether a node is selected, now or soon: VS Code tells of it a moment after it is. */
  #isSelected({ id }: TreeNode): Promise<boolean> {
    const isIt = () => this.#view.selection.some((node) => node.id === id);
    if (isIt() || !this.visible) return Promise.resolve(isIt());
    return new Promise((resolve) => {
      const end = () => {
        listening.dispose();
        clearTimeout(timer);
        resolve(isIt());
      };
      const timer = setTimeout(end, selectionTold);
      const listening = this.#view.onDidChangeSelection(() => isIt() && end());
    });
  }

  /** What nodes look like is loaded with the first of them. */
  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    const { treeItem } = await import('./item/treeItem.ts');
    return treeItem(node, node.kind === 'pack' && this.isMuted(node));
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    // Tooltips are loaded when the mouse first rests on a node.
    const { tooltip } = await import('./item/tooltip.ts');
    item.tooltip = tooltip(node);
    return item;
  }

  /** Changes what is shown; lists that are already known answer at once. */
  show(change: Partial<TreeQuery>): void {
    this.model.query = { ...this.model.query, ...change };
    const { filter } = this.model.query;
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, isFiltered(filter));
    this.#showMessage();
    if (change.filter) this.#keep(filter);
    this.#changes.add(undefined);
  }

  /** Says above the tree that AWS has a region's requests wait, until they go on (epoch milliseconds). */
  showThrottled(region: string, until: number): void {
    clearTimeout(this.#waitEnds);
    this.#waitEnds = setTimeout(() => this.#showWait(''), until - Date.now());
    this.#showWait(`AWS is throttling ${region}: waiting until about ${clock(until)}.`);
  }

  #showWait(text: string): void {
    this.#waiting = text;
    this.#showMessage();
  }

  #showMessage(): void {
    const { filter } = this.model.query;
    const filtered =
      isFiltered(filter) &&
      `Filter: ${describeFilter(filter)} — “Clear Filter” in the title bar shows everything again.`;
    this.#view.message = [this.#waiting, filtered].filter(Boolean).join(' ');
  }

  /** Reads again what stands at and below `node`, or everything. */
  refresh(node?: TreeNode): void {
    this.model.invalidate(node);
    this.#changes.add(undefined);
  }

  dispose(): void {
    this.#idle?.();
    clearTimeout(this.#waitEnds);
    this.#view.dispose();
    this.#changes.dispose();
    this.#told.dispose();
  }

  /** The view's own progress bar, from the first load that starts to the last that ends. */
  #showProgress(): void {
    if (!this.#estate.isLoading) {
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
