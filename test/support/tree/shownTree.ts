import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Estate } from '../../../src/compliance/store/estate.ts';
import { hasChildren, type TreeNode } from '../../../src/views/tree/model/nodes.ts';
import type { TreeModel } from '../../../src/views/tree/model/treeModel.ts';
import type { TreeQuery } from '../../../src/views/tree/model/treeQuery.ts';

/** A node on the screen; `children` are known while it is expanded. */
interface Entry {
  readonly node: TreeNode;
  readonly depth: number;
  children: Entry[] | undefined;
}

/**
 * What VS Code's tree widget does: it keeps what is shown, asks for the children of expanded nodes when it is told
 * of a change, knows a node told of by its identity, and refuses an id that stands there twice.
 */
export class ShownTree {
  readonly model: TreeModel;
  readonly #estate: Estate;
  readonly #entries = new Map<TreeNode, Entry>();
  readonly #ids = new Set<string>();
  readonly #expanded = new Set<string>();
  readonly #opened = new Set<string>();
  readonly #pending = new Set<TreeNode | undefined>();
  #roots: Entry[] = [];
  #failure: unknown;

  constructor(model: TreeModel, estate: Estate) {
    this.model = model;
    this.#estate = estate;
    estate.onDidChange((list) => this.#tell(model.findOwner(list)));
  }

  /** What is on the screen, from top to bottom. Throws what went wrong while it was drawn. */
  get lines(): readonly Entry[] {
    if (this.#failure) throw this.#failure;
    return this.#roots.flatMap(below);
  }

  get nodes(): readonly TreeNode[] {
    return this.lines.map(({ node }) => node);
  }

  /** The nodes of one kind that are on the screen. */
  nodesOfKind<K extends TreeNode['kind']>(kind: K): Extract<TreeNode, { kind: K }>[] {
    return this.nodes.filter((node): node is Extract<TreeNode, { kind: K }> => node.kind === kind);
  }

  isExpanded(node: TreeNode): boolean {
    return this.#expanded.has(node.id);
  }

  /** The view becomes visible. */
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
    if (entry?.children) this.#forget(entry.children);
    if (entry) entry.children = undefined;
  }

  setQuery(change: Partial<TreeQuery>): void {
    this.model.updateQuery(change);
    this.#tell(undefined);
  }

  /** As the command does: what stands at and below a node, or everything. */
  refresh(node?: TreeNode): void {
    this.model.invalidate(node);
    this.#tell(node);
  }

  /** As the command does: Retry on an error, Load More on a list that goes on. */
  activate(node: TreeNode): void {
    if (node.kind === 'error') for (const list of node.lists) void list.retry();
    if (node.kind === 'more') void node.list.loadMore();
  }

  /** Resolves when nothing is under way and everything told has been drawn. */
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

  #tell(node: TreeNode | undefined): void {
    if (this.#pending.size === 0) queueMicrotask(() => this.#draw());
    this.#pending.add(node);
  }

  #draw(): void {
    const told = [...this.#pending];
    this.#pending.clear();
    try {
      if (told.includes(undefined)) this.#redraw(undefined);
      else for (const node of told) if (node && this.#entries.has(node)) this.#redraw(this.#entries.get(node));
    } catch (thrown) {
      this.#failure ??= thrown;
    }
  }

  #redraw(entry: Entry | undefined): void {
    if (entry && !this.#expanded.has(entry.node.id)) return;
    this.#forget((entry ? entry.children : this.#roots) ?? []);
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
    const opensItself = node.kind === 'scope' && node.isInitiallyExpanded && !this.#opened.has(node.id);
    this.#opened.add(node.id);
    if (opensItself) this.#expanded.add(node.id);
  }

  #forget(entries: readonly Entry[]): void {
    for (const { node } of entries.flatMap(below)) {
      this.#entries.delete(node);
      this.#ids.delete(node.id);
    }
  }
}

const below = (entry: Entry): Entry[] => [entry, ...(entry.children ?? []).flatMap(below)];
