import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Estate } from '../../../src/compliance/store/estate.ts';
import { hasChildren, type TreeNode } from '../../../src/views/tree/model/nodes.ts';
import type { TreeModel } from '../../../src/views/tree/model/treeModel.ts';
import type { TreeQuery } from '../../../src/views/tree/model/treeQuery.ts';

/** A visible node. `children` are set while it is expanded. */
interface Entry {
  readonly node: TreeNode;
  readonly depth: number;
  children: Entry[] | undefined;
}

/**
 * Imitates VS Code's tree widget: it caches the visible nodes, gets the children of expanded nodes again after a change
 * event, finds a changed node by object identity, and throws if two visible nodes have the same id.
 */
export class ShownTree {
  readonly model: TreeModel;
  readonly #estate: Estate;
  readonly #entries = new Map<TreeNode, Entry>();
  readonly #ids = new Set<string>();
  readonly #expanded = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #pending = new Set<TreeNode | undefined>();
  #roots: Entry[] = [];
  #failure: unknown;

  constructor(model: TreeModel, estate: Estate) {
    this.model = model;
    this.#estate = estate;
    estate.onDidChange((list) => this.#notify(model.findOwner(list)));
    model.onDidCompute((node) => this.#notify(node));
  }

  /** The visible entries, from top to bottom. Throws the error of a failed update. */
  get lines(): readonly Entry[] {
    if (this.#failure) throw this.#failure;
    return this.#roots.flatMap(below);
  }

  get nodes(): readonly TreeNode[] {
    return this.lines.map(({ node }) => node);
  }

  /** Returns the visible nodes of one kind. */
  nodesOfKind<K extends TreeNode['kind']>(kind: K): Extract<TreeNode, { kind: K }>[] {
    return this.nodes.filter((node): node is Extract<TreeNode, { kind: K }> => node.kind === kind);
  }

  isExpanded(node: TreeNode): boolean {
    return this.#expanded.has(node.id);
  }

  /** Makes the view visible. */
  open(): void {
    this.#redraw(undefined);
  }

  expand(node: TreeNode): void {
    if (!hasChildren(node) || this.#expanded.has(node.id)) return;
    this.#expanded.add(node.id);
    this.#redraw(this.#entries.get(node));
  }

  collapse(node: TreeNode): void {
    const entry = this.#entries.get(node);
    this.#expanded.delete(node.id);
    if (entry?.children) this.#unregister(entry.children);
    if (entry) entry.children = undefined;
  }

  setQuery(change: Partial<TreeQuery>): void {
    this.model.updateQuery(change);
    this.#notify(undefined);
  }

  /** Imitates Refresh on a node, or Refresh All without one. */
  refresh(node?: TreeNode): void {
    this.model.invalidate(node);
    this.#notify(node);
  }

  /** Imitates a click: Retry on an error, Load More on an incomplete list. */
  activate(node: TreeNode): void {
    if (node.kind === 'error') for (const list of node.lists) void list.retry();
    if (node.kind === 'more') void node.list.loadMore();
  }

  /** Resolves when nothing is loading and every change event has been handled. */
  async waitUntilIdle(): Promise<void> {
    for (;;) {
      await setImmediate();
      if (this.#failure) throw this.#failure;
      if (!this.#estate.isLoading() && this.#pending.size === 0) return;
      if (this.#estate.isLoading()) await this.waitForChange();
    }
  }

  /** Resolves when a load starts or ends. */
  waitForChange(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#estate.onDidChange(() => {
        stop();
        resolve();
      });
    });
  }

  #notify(node: TreeNode | undefined): void {
    if (this.#pending.size === 0) queueMicrotask(() => this.#update());
    this.#pending.add(node);
  }

  #update(): void {
    const changed = [...this.#pending];
    this.#pending.clear();
    try {
      if (changed.includes(undefined)) this.#redraw(undefined);
      else for (const node of changed) if (node && this.#entries.has(node)) this.#redraw(this.#entries.get(node));
    } catch (error) {
      this.#failure ??= error;
    }
  }

  #redraw(entry: Entry | undefined): void {
    if (entry && !this.#expanded.has(entry.node.id)) return;
    this.#unregister((entry ? entry.children : this.#roots) ?? []);
    const depth = entry ? entry.depth + 1 : 0;
    const children = this.model.getChildren(entry?.node).map((node) => ({ node, depth, children: undefined }));
    if (entry) entry.children = children;
    else this.#roots = children;
    for (const child of children) this.#register(child);
    for (const child of children) this.#redraw(child);
  }

  #register(entry: Entry): void {
    const { node } = entry;
    assert(!this.#ids.has(node.id), `Element with id ${node.id} is already registered`);
    this.#ids.add(node.id);
    this.#entries.set(node, entry);
    const isInitiallyExpanded = node.kind === 'scope' && node.isInitiallyExpanded && !this.#seen.has(node.id);
    this.#seen.add(node.id);
    if (isInitiallyExpanded) this.#expanded.add(node.id);
  }

  #unregister(entries: readonly Entry[]): void {
    for (const { node } of entries.flatMap(below)) {
      this.#entries.delete(node);
      this.#ids.delete(node.id);
    }
  }
}

const below = (entry: Entry): Entry[] => [entry, ...(entry.children ?? []).flatMap(below)];
