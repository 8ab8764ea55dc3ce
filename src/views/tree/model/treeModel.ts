import { isSignedOut } from '../../../compliance/errors.ts';
import type { List } from '../../../compliance/paging/list.ts';
import { type Connection, getConnectionKey } from '../../../compliance/source.ts';
import type { ConnectionStore } from '../../../compliance/store/connectionStore.ts';
import type { Estate } from '../../../compliance/store/estate.ts';
import type { AggregatorChildren } from './aggregatorChildren.ts';
import { ChildLists, type TreeSettings } from './childLists.ts';
import { hasChildren, type PackNode, type ScopeNode, type TreeNode } from './nodes.ts';
import { getPackChildren } from './packChildren.ts';
import { getRootChildren } from './rootChildren.ts';
import type { getRuleChildren } from './ruleChildren.ts';
import { getScopeChildren } from './scopeChildren.ts';
import type { TreeQuery } from './treeQuery.ts';
import { chooseWelcome, type Welcome } from './welcome.ts';

/** The tree as plain values, built from what the estate has loaded so far. */
export class TreeModel {
  readonly #lists: ChildLists;
  /** The node to redraw when a list changes. */
  readonly #owners = new WeakMap<List<unknown>, TreeNode>();
  readonly #listeners = new Set<(node: TreeNode | undefined) => void>();
  #aggregatorChildren: AggregatorChildren | undefined;
  #getRuleChildren: typeof getRuleChildren | undefined;
  #isLoadingCode = false;
  /** Whether the root nodes included an error when they were last shown. */
  #hasRootError = false;

  constructor(estate: Estate, getSettings: () => TreeSettings) {
    this.#lists = new ChildLists(estate, getSettings);
  }

  get query(): TreeQuery {
    return this.#lists.query;
  }

  updateQuery(change: Partial<TreeQuery>): void {
    this.#lists.updateQuery(change);
  }

  /**
   * Calls `listener` when children are available that were still being computed when `getChildren` ran: with the node to
   * redraw, or undefined for the whole tree.
   */
  onDidCompute(listener: (node: TreeNode | undefined) => void): void {
    this.#listeners.add(listener);
  }

  /**
   * The loaded children of a node, or the root nodes. Starts loading the first page of lists that are not loaded yet:
   * call again when the estate changes.
   */
  getChildren(parent?: TreeNode): TreeNode[] {
    for (const list of parent ? this.#lists.getChildLists(parent) : this.#getInitialLists()) {
      if (parent) this.#owners.set(list, (parent.kind === 'group' && parent.countedBy) || parent);
      list.ensureLoaded();
    }
    if (!this.#isLoadingCode) void this.#loadLaterChildren();
    return this.#getLoadedChildren(parent);
  }

  /** The same, but loads nothing. */
  #getLoadedChildren(parent?: TreeNode): TreeNode[] {
    switch (parent?.kind) {
      case undefined:
        return this.#getRootChildren();
      case 'scope':
        return getScopeChildren(this.#lists, parent);
      case 'pack':
        return getPackChildren(this.#lists, parent);
      case 'rule':
        return this.#getRuleChildren?.(this.#lists, parent) ?? [createLoadingNode(parent)];
      case 'aggregator':
      case 'group':
        return this.#aggregatorChildren?.get(parent) ?? [createLoadingNode(parent)];
      default:
        return [];
    }
  }

  /** The list that holds the rows of a node's children, if there is one. */
  getChildList(node: TreeNode): List<unknown> | undefined {
    return this.#isGroupedByStatus(node) ? undefined : this.#lists.getChildLists(node).at(-1);
  }

  /** Shows more of a list's loaded rows. */
  showMore(list: List<unknown>): void {
    this.#lists.showMore(list);
  }

  /** The node to redraw when a list has changed; undefined for the whole tree. */
  findOwner(list: List<unknown> | undefined): TreeNode | undefined {
    if (!list) return undefined;
    // An empty list may change the welcome content, a sign-in the error at the root, and a scope's packs the scores of
    // aggregate rows.
    const owner = this.#owners.get(list);
    const mayChangeRoot = list.rows.length === 0 || this.#hasRootError || list.errors.some(isSignedOut);
    // Exceptions say nothing beyond their rule.
    return owner?.kind !== 'rule' && (mayChangeRoot || owner?.kind === 'scope') ? undefined : owner;
  }

  /** Marks everything at and below `node`, or the whole tree, to be read again when it is next shown. */
  invalidate(node?: TreeNode): void {
    if (!node || !hasChildren(node)) {
      this.#lists.estate.invalidate();
    } else {
      const descendants = [...this.loadedNodes(node)].map((loaded) => loaded.node);
      for (const each of [node, ...descendants]) {
        for (const list of this.#lists.getChildLists(each)) list.invalidate();
      }
    }
  }

  /** The parent of a pack. */
  getScopeNode({ connection }: PackNode): ScopeNode | undefined {
    const isParent = (node: TreeNode): node is ScopeNode =>
      node.kind === 'scope' && isSame(node.connection, connection);
    return this.#getLoadedChildren().find(isParent);
  }

  /** The node of a pack. Loads the whole pack list if the pack is not among the loaded nodes. */
  async findPack(connection: Connection, name: string): Promise<PackNode | undefined> {
    const isMatch = (node: TreeNode): node is PackNode =>
      node.kind === 'pack' && node.pack.name === name && isSame(node.connection, connection);
    const findLoaded = () => [...this.loadedNodes()].map(({ node }) => node).find(isMatch);
    await this.#lists.estate.getStore(connection).identity.loadMore();
    if (!findLoaded()) await this.#lists.getPackList(connection).loadAll();
    return findLoaded();
  }

  /** The loaded scopes and aggregators, even while a welcome is shown. */
  getRoots(): readonly TreeNode[] {
    return getRootChildren(this.#lists);
  }

  /** The stores of all configured connections. */
  getStores(): readonly ConnectionStore[] {
    return this.#lists.estate.getStores(this.#lists.getSettings().connections);
  }

  /** The welcome content to show instead of nodes, if any. */
  getWelcome(): Welcome | undefined {
    return chooseWelcome(this.#lists);
  }

  /** When the lists were read of which `noPacks` says that they are empty, epoch milliseconds. */
  getEmptyReadAt(): number | undefined {
    if (this.getWelcome() !== 'noPacks') return undefined;
    const times = this.#getInitialLists().flatMap(({ readAt }) => readAt ?? []);
    return times.reduce((oldest, time) => Math.min(oldest, time));
  }

  /** Every loaded node below `parent`, or in the whole tree, with its parent. Loads nothing. */
  *loadedNodes(parent?: TreeNode): Iterable<{ readonly node: TreeNode; readonly parent: TreeNode | undefined }> {
    for (const node of this.#getLoadedChildren(parent)) {
      yield { node, parent };
      if (this.#hasLoadedChildren(node)) yield* this.loadedNodes(node);
    }
  }

  #getRootChildren(): TreeNode[] {
    const children = this.getWelcome() ? [] : getRootChildren(this.#lists);
    this.#hasRootError = children.some(({ kind }) => kind === 'error');
    return children;
  }

  /** Loads the code below aggregators and rules when the tree becomes visible, so that activation does not wait for it. */
  async #loadLaterChildren(): Promise<void> {
    this.#isLoadingCode = true;
    const [{ AggregatorChildren }, { getRuleChildren }] = await Promise.all([
      import('./aggregatorChildren.ts'),
      import('./ruleChildren.ts'),
    ]);
    this.#getRuleChildren = getRuleChildren;
    this.#aggregatorChildren = new AggregatorChildren(this.#lists, (list) => this.#notify(this.#owners.get(list)));
    this.#notify(undefined);
  }

  #notify(node: TreeNode | undefined): void {
    for (const listener of this.#listeners) listener(node);
  }

  #getInitialLists(): List<unknown>[] {
    const { connections } = this.#lists.getSettings();
    return connections.flatMap((connection) => this.#lists.getInitialLists(connection));
  }

  #hasLoadedChildren(node: TreeNode): boolean {
    return this.#isGroupedByStatus(node) || this.getChildList(node)?.readAt !== undefined;
  }

  /** The groups of compliance states are fixed: no list holds them. */
  #isGroupedByStatus(node: TreeNode): boolean {
    return node.kind === 'aggregator' && this.query.groupBy === 'status';
  }
}

const createLoadingNode = ({ id }: TreeNode): TreeNode => ({ kind: 'loading', id: `${id}#loading` });

const isSame = (a: Connection, b: Connection): boolean => getConnectionKey(a) === getConnectionKey(b);
