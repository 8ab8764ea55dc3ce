import type { List } from '../../../compliance/paging/list.ts';
import { type Connection, connectionKey } from '../../../compliance/source.ts';
import type { ConnectionStore } from '../../../compliance/store/connectionStore.ts';
import type { Estate } from '../../../compliance/store/estate.ts';
import { aggregatorChildren, rowNodes } from './aggregatorChildren.ts';
import { hasChildren, type PackNode, type ScopeNode, type TreeNode } from './nodes.ts';
import { evaluationNodes, ruleNodes } from './packChildren.ts';
import { rootNodes } from './rootChildren.ts';
import { packNodes } from './scopeChildren.ts';
import { type TreeQuery, TreeQueryLists, type TreeSettings } from './treeQuery.ts';
import { type Welcome, welcomeFor } from './welcome.ts';

/**
 * The tree as plain values. To ask for children starts at most the first page of the list below;
 * whoever shows them asks again when the estate tells of a change.
 */
export class TreeModel {
  readonly #lists: TreeQueryLists;
  readonly #owners = new WeakMap<List<unknown>, TreeNode>();

  constructor(estate: Estate, settings: () => TreeSettings) {
    this.#lists = new TreeQueryLists(estate, settings);
  }

  get query(): TreeQuery {
    return this.#lists.query;
  }

  set query(query: TreeQuery) {
    this.#lists.query = query;
  }

  /** What stands below a node, or at the root; asks for what is not known yet. */
  children(parent?: TreeNode): TreeNode[] {
    for (const list of parent ? this.#lists.below(parent) : this.#atFirst()) {
      if (parent) this.#owners.set(list, parent);
      list.ensureLoaded();
    }
    return this.#nodes(parent);
  }

  /** What is known to stand below a node. */
  #nodes(parent?: TreeNode): TreeNode[] {
    switch (parent?.kind) {
      case undefined:
        return this.welcome() ? [] : rootNodes(this.#lists);
      case 'scope':
        return packNodes(this.#lists, parent);
      case 'pack':
        return ruleNodes(this.#lists, parent);
      case 'rule':
        return evaluationNodes(this.#lists, parent);
      case 'aggregator':
        return aggregatorChildren(this.#lists, parent);
      case 'group':
        return rowNodes(this.#lists, parent);
      default:
        return [];
    }
  }

  /** The list below a node, where it has one. */
  listBelow(node: TreeNode): List<unknown> | undefined {
    // An aggregator by status has no list of its own below it: only those of its groups.
    const isByStatus = node.kind === 'aggregator' && this.query.groupBy === 'status';
    return isByStatus ? undefined : this.#lists.below(node).at(-1);
  }

  /** The node to show anew when a list has changed; undefined for the whole tree. */
  owner(list: List<unknown> | undefined): TreeNode | undefined {
    if (!list) return undefined;
    // An empty list may be the reason for a welcome; and rows of aggregators show the scores of a scope's packs.
    const owner = this.#owners.get(list);
    return list.rows.length === 0 || owner?.kind === 'scope' ? undefined : owner;
  }

  /** What stands at and below `node`, or everything, is read anew when it is next looked at. */
  invalidate(node?: TreeNode): void {
    if (!node || !hasChildren(node)) {
      this.#lists.estate.invalidate();
    } else {
      const below = [...this.known(node)].map((known) => known.node);
      for (const list of [node, ...below].flatMap((each) => this.#lists.below(each))) list.invalidate();
    }
  }

  /** The scope that a pack stands below. */
  scopeOf({ connection }: PackNode): ScopeNode | undefined {
    const isIts = (node: TreeNode): node is ScopeNode => node.kind === 'scope' && isSame(node.connection, connection);
    return this.#nodes().find(isIts);
  }

  /** The node of a pack; its list is loaded to the end where the pack is not among what is known. */
  async findPack(connection: Connection, name: string): Promise<PackNode | undefined> {
    const isIt = (node: TreeNode): node is PackNode =>
      node.kind === 'pack' && node.pack.name === name && isSame(node.connection, connection);
    const known = () => [...this.known()].map(({ node }) => node).find(isIt);
    await this.#lists.estate.getStore(connection).identity.loadMore();
    if (!known()) await this.#lists.packs(connection).loadAll();
    return known();
  }

  /** The scopes and aggregators that are known. */
  roots(): readonly TreeNode[] {
    return rootNodes(this.#lists);
  }

  /** What is known through each connection. */
  get stores(): readonly ConnectionStore[] {
    return this.#lists.estate.getStores(this.#lists.settings.connections);
  }

  /** The welcome that stands in for an empty tree. */
  welcome(): Welcome | undefined {
    return welcomeFor(this.#lists);
  }

  /** Every node at or below `parent` that is already known, with its parent; loads nothing new. */
  *known(parent?: TreeNode): Iterable<{ readonly node: TreeNode; readonly parent: TreeNode | undefined }> {
    for (const node of this.#nodes(parent)) {
      yield { node, parent };
      if (this.#isKnown(node)) yield* this.known(node);
    }
  }

  #atFirst(): List<unknown>[] {
    return this.#lists.settings.connections.flatMap((connection) => this.#lists.atFirst(connection));
  }

  #isKnown(node: TreeNode): boolean {
    // An aggregator by status has three children before anything is asked.
    if (node.kind === 'aggregator' && this.query.groupBy === 'status') return true;
    return this.listBelow(node)?.readAt !== undefined;
  }
}

const isSame = (a: Connection, b: Connection): boolean => connectionKey(a) === connectionKey(b);
