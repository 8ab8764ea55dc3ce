import * as vscode from 'vscode';
import { type Filter, isFiltered } from '../../compliance/filter.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { Connection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { formatTimeOfDay } from '../../compliance/text/time.ts';
import { contextKeys, viewId } from '../../manifest.ts';
import type { MutedPacks } from '../notifications/mutedPacks.ts';
import { isSampleShown } from '../shared/sampleMode.ts';
import { ChangeQueue } from './changeQueue.ts';
import type { TreeNode } from './model/nodes.ts';
import type { TreeModel } from './model/treeModel.ts';
import type { TreeQuery } from './model/treeQuery.ts';
import type { ThrottledRegion } from './viewMessage.ts';

interface TreeDependencies {
  readonly estate: Estate;
  readonly mutedPacks: Pick<MutedPacks, 'has'>;
  /** Called whenever the filter changes. */
  readonly saveFilter: (filter: Filter) => void;
}

/**
 * The view in the sidebar. Children are returned synchronously from what is loaded, so that two requests for the same
 * children never overlap.
 */
export class PacksTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly model: TreeModel;
  readonly #estate: Estate;
  readonly #mutedPacks: Pick<MutedPacks, 'has'>;
  readonly #saveFilter: (filter: Filter) => void;
  readonly #onDidChangeTreeData = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#onDidChangeTreeData.event;
  readonly #changes = new ChangeQueue(
    () => this.isVisible,
    (changed) => this.#onDidChangeTreeData.fire(changed),
  );
  readonly #view: vscode.TreeView<TreeNode>;
  #endProgress: (() => void) | undefined;
  #throttled: ThrottledRegion | undefined;
  #throttleTimer: NodeJS.Timeout | undefined;

  constructor(model: TreeModel, { estate, mutedPacks, saveFilter }: TreeDependencies) {
    this.model = model;
    this.#mutedPacks = mutedPacks;
    this.#saveFilter = saveFilter;
    this.#estate = estate;
    this.#view = vscode.window.createTreeView(viewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    estate.onDidChange((list) => {
      this.#showProgress();
      this.#changes.add(this.model.findOwner(list));
    });
    model.onDidCompute((node) => this.#changes.add(node));
    this.#view.onDidChangeVisibility(() => this.#changes.scheduleFlush());
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** The number on the view's icon in the activity bar. */
  get badge(): vscode.ViewBadge | undefined {
    return this.#view.badge;
  }

  showBadge(badge: vscode.ViewBadge | undefined): void {
    this.#view.badge = badge;
  }

  get title(): string | undefined {
    return this.#view.title;
  }

  showTitle(title: string): void {
    this.#view.title = title;
    void this.#showMessage();
  }

  get selection(): readonly TreeNode[] {
    return this.#view.selection;
  }

  getChildren(node?: TreeNode): TreeNode[] {
    const children = this.model.getChildren(node);
    if (!node) {
      void vscode.commands.executeCommand('setContext', contextKeys.welcome, this.model.getWelcome());
      const emptyReadAt = this.model.getEmptyReadAt();
      this.#view.description = emptyReadAt === undefined ? '' : `read at ${formatTimeOfDay(emptyReadAt)}`;
    }
    return children;
  }

  /** VS Code needs the parents of revealed nodes, and only packs are revealed. */
  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'pack' ? this.model.getScopeNode(node) : undefined;
  }

  /** Selects a pack of a connection's own scope. Loads the pack list until the pack is found. */
  async reveal(connection: Connection, name: string): Promise<void> {
    const pack = await this.model.findPack(connection, name);
    const { reportMissingPack, revealNode } = await import('./revealNode.ts');
    if (pack) await revealNode(this.#view, pack, (run) => this.#changes.suspendDuring(run));
    else reportMissingPack(name);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    // Loaded with the first node, to activate fast.
    const { createTreeItem } = await import('./item/treeItem.ts');
    return createTreeItem(
      node,
      node.kind === 'pack' && this.#mutedPacks.has({ scope: node.scope, name: node.pack.name }),
    );
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    // Loaded with the first tooltip.
    const { createTooltip } = await import('./item/tooltipMarkdown.ts');
    item.tooltip = createTooltip(node);
    return item;
  }

  /** Changes what is shown. Lists that are already loaded appear at once. */
  updateQuery(change: Partial<TreeQuery>): void {
    this.model.updateQuery(change);
    const { filter } = this.model.query;
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, isFiltered(filter));
    void this.#showMessage();
    if (change.filter) this.#saveFilter(filter);
    this.#changes.add(undefined);
  }

  /** Shows that a region is throttled. `until`: when requests continue, epoch milliseconds. */
  showThrottled(region: string, until: number): void {
    clearTimeout(this.#throttleTimer);
    this.#throttleTimer = setTimeout(() => this.#setThrottled(undefined), until - Date.now());
    this.#setThrottled({ region, until });
  }

  #setThrottled(throttled: ThrottledRegion | undefined): void {
    this.#throttled = throttled;
    void this.#showMessage();
  }

  async #showMessage(): Promise<void> {
    if (!this.#throttled && !isFiltered(this.model.query.filter) && !isSampleShown()) {
      this.#view.message = '';
      return;
    }
    // Loaded with the first message. Then a later call may have changed what it has to say.
    const { formatViewMessage } = await import('./viewMessage.ts');
    this.#view.message = formatViewMessage(this.model.query.filter, this.#throttled, isSampleShown());
  }

  /** Shows more of a list's loaded rows. */
  showMore(list: List<unknown>): void {
    this.model.showMore(list);
    this.#changes.add(this.model.findOwner(list));
  }

  /** Reads everything at and below `node` again, or the whole tree. */
  refresh(node?: TreeNode): void {
    this.model.invalidate(node);
    this.#changes.add(undefined);
  }

  dispose(): void {
    this.#endProgress?.();
    clearTimeout(this.#throttleTimer);
    this.#view.dispose();
    this.#changes.dispose();
    this.#onDidChangeTreeData.dispose();
  }

  /** Shows the view's progress bar while anything is loading. */
  #showProgress(): void {
    if (!this.#estate.isLoading()) {
      this.#endProgress?.();
      this.#endProgress = undefined;
    } else if (!this.#endProgress) {
      const loadsEnded = new Promise<void>((resolve) => {
        this.#endProgress = resolve;
      });
      void vscode.window.withProgress({ location: { viewId } }, () => loadsEnded);
    }
  }
}
