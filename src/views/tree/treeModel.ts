import type { Estate } from '../../compliance/estate.ts';
import {
  countFilter,
  type Filter,
  isFiltered,
  matchesCount,
  matchesPack,
  matchesRow,
  matchesScope,
  rowFilter,
} from '../../compliance/filter.ts';
import { type AggregateRow, complianceTypes, rowKey, type Score } from '../../compliance/model.ts';
import type { PackList } from '../../compliance/packList.ts';
import type { List, PagedList } from '../../compliance/pagedList.ts';
import { type Connection, connectionKey, type PackOrder } from '../../compliance/source.ts';
import { errorNode, listNodes } from './listNodes.ts';
import type { AggregatorNode, Grouping, GroupNode, GroupPart, Place, ScopeNode, TreeNode } from './nodes.ts';

/** What the tree shows of the estate, and in which order. */
export interface TreeQuery {
  readonly filter: Filter;
  readonly order: PackOrder;
  readonly groupBy: Grouping;
}

export const initialQuery: TreeQuery = { filter: {}, order: { by: 'score', descending: false }, groupBy: 'account' };

/** Why the tree is empty, where a welcome says it better than a node. */
export type Welcome = 'signedOut' | 'noPacks' | 'notSetUp';

/** What the tree needs of the settings. */
export interface TreeSettings {
  readonly connections: readonly Connection[];
  readonly scoreTarget: number;
}

/**
 * The tree as plain values. To ask for children starts at most the first page of the list below;
 * whoever shows them asks again when the estate tells of a change.
 */
export class TreeModel {
  query: TreeQuery = initialQuery;
  readonly #estate: Estate;
  readonly #settings: () => TreeSettings;
  readonly #owners = new WeakMap<List<unknown>, TreeNode>();

  constructor(estate: Estate, settings: () => TreeSettings) {
    this.#estate = estate;
    this.#settings = settings;
  }

  children(parent?: TreeNode): TreeNode[] {
    switch (parent?.kind) {
      case undefined:
        return this.welcome() ? [] : this.#roots();
      case 'scope':
        return this.#packs(parent);
      case 'aggregator':
        return this.#groups(parent);
      case 'group':
        return this.#rows(parent, { ...this.query.filter, ...partFilter(parent.part) });
      default:
        return [];
    }
  }

  /** Every node at or below `parent` that is already known, with its parent; loads nothing new. */
  *known(parent?: TreeNode): Iterable<{ readonly node: TreeNode; readonly parent: TreeNode | undefined }> {
    for (const node of this.children(parent)) {
      yield { node, parent };
      if (this.listBelow(node)?.readAt !== undefined || this.#isStatic(node)) yield* this.known(node);
    }
  }

  /** The node whose children a list gives; undefined for the root. */
  owner(list: List<unknown>): TreeNode | undefined {
    // An empty list may be the reason for a welcome, which is the root's.
    return list.rows.length > 0 ? this.#owners.get(list) : undefined;
  }

  /** The list below a node, where it has one. */
  listBelow(node: TreeNode): List<unknown> | undefined {
    if (node.kind === 'scope') return this.#packList(node.connection);
    if (node.kind === 'group') return this.#rowList(node, { ...this.query.filter, ...partFilter(node.part) });
    if (node.kind !== 'aggregator') return undefined;
    const { groupBy, filter } = this.query;
    if (groupBy === 'pack') return this.#rowList(node, filter);
    return groupBy === 'status' ? undefined : this.#countList(node, groupBy);
  }

  /** The welcome that fits an estate with nothing to show. */
  welcome(): Welcome | undefined {
    const { connections } = this.#settings();
    const scopes = connections.map((connection) => this.#estate.scope(connection));
    const signedOut = (list: List<unknown>) =>
      list.errors.some(({ kind }) => kind === 'signedOut' || kind === 'expired');
    if (scopes.length > 0 && scopes.every(signedOut)) return 'signedOut';
    const [connection] = connections;
    if (connections.length !== 1 || !connection || isFiltered(this.query.filter)) return undefined;
    const packs = this.#packList(connection);
    const aggregators = this.#estate.aggregators(connection);
    if (aggregators.rows.length > 0 || packs.rows.length > 0) return undefined;
    if (packs.errors.some(({ kind }) => kind === 'notSetUp')) return 'notSetUp';
    return packs.complete && aggregators.complete ? 'noPacks' : undefined;
  }

  /** An aggregator by status has three children before anything is asked. */
  #isStatic(node: TreeNode): boolean {
    return node.kind === 'aggregator' && this.query.groupBy === 'status';
  }

  #roots(): TreeNode[] {
    const { connections } = this.#settings();
    const open = connections.length === 1;
    const loading: TreeNode[] = [];
    const scopes: TreeNode[] = [];
    const aggregators: TreeNode[] = [];
    for (const connection of connections) {
      const id = connectionKey(connection);
      const scopeList = this.#estate.scope(connection);
      const aggregatorList = this.#estate.aggregators(connection);
      // All that the first sight needs is asked at the same time, not one after the other.
      scopeList.ensure();
      aggregatorList.ensure();
      if (open) this.#packList(connection).ensure();
      const scope = scopeList.rows[0];
      if (!scope) {
        const [error] = scopeList.errors;
        const lists = [scopeList, aggregatorList, ...(open ? [this.#packList(connection)] : [])];
        loading.push(error ? errorNode(id, error, lists) : { kind: 'loading', id: `${id}/loading` });
        continue;
      }
      const place = { connection, scope };
      const scopeId = `${id}/${scope.account}/${scope.region}`;
      if (matchesScope(this.query.filter, scope)) scopes.push({ kind: 'scope', id: scopeId, ...place, open });
      aggregators.push(...this.#aggregators(scopeId, place, aggregatorList));
    }
    return [...scopes, ...loading, ...aggregators];
  }

  #aggregators(scopeId: string, place: Place, list: ReturnType<Estate['aggregators']>): TreeNode[] {
    const id = `${scopeId}/aggregators`;
    const nodes = list.rows.map(
      (aggregator): TreeNode => ({ kind: 'aggregator', id: `${id}/${aggregator.name}`, ...place, aggregator }),
    );
    const none = list.complete && list.rows.length === 0;
    // An account without aggregators is no news: nothing stands there.
    return none ? [] : listNodes(id, list, nodes, { filtered: false, empty: noneHere });
  }

  #packs(node: ScopeNode): TreeNode[] {
    const list = this.#packList(node.connection);
    list.ensure();
    this.#owners.set(list, node);
    const { connection, scope } = node;
    const target = this.#settings().scoreTarget;
    const nodes = list.rows
      .filter((pack) => matchesPack(this.query.filter, pack))
      .map(
        (pack): TreeNode => ({
          kind: 'pack',
          id: `${node.id}/packs/${pack.name}`,
          connection,
          scope,
          pack,
          readAt: list.readAt,
          target,
        }),
      );
    return listNodes(node.id, list, nodes, { filtered: isFiltered(this.query.filter), empty: noPacks });
  }

  #groups(node: AggregatorNode): TreeNode[] {
    const { groupBy, filter } = this.query;
    if (groupBy === 'pack') return this.#rows(node, filter);
    if (groupBy === 'status') {
      return complianceTypes
        .filter((name) => (filter.compliance ?? name) === name)
        .map((name) => groupNode(node, { by: 'status', name }));
    }
    const list = this.#countList(node, groupBy);
    list.ensure();
    this.#owners.set(list, node);
    if (list.errors.some(({ kind }) => kind === 'denied')) return this.#ungrouped(node, list);
    const groups = list.rows
      .filter((count) => matchesCount(filter, count))
      .map((count) => groupNode(node, { by: groupBy, name: count.name, count }));
    return listNodes(node.id, list, groups, { filtered: isFiltered(filter), empty: noRows });
  }

  /** Without permission to count there are no groups: the plain rows, under a line that says why. */
  #ungrouped(node: AggregatorNode, counts: List<unknown>): TreeNode[] {
    const denied = counts.errors.map((error) => errorNode(`${node.id}/groups`, error, [counts]));
    return [...denied, ...this.#rows(node, this.query.filter)];
  }

  #rows(node: AggregatorNode | GroupNode, filter: Filter): TreeNode[] {
    const list = this.#rowList(node, filter);
    list.ensure();
    this.#owners.set(list, node);
    const scoreOf = this.#ownScores();
    const rows = list.rows.filter((row) => matchesRow(filter, row));
    if (this.query.order.by === 'name') {
      const sign = this.query.order.descending ? -1 : 1;
      rows.sort((a, b) => (a.pack === b.pack ? 0 : sign * (a.pack < b.pack ? -1 : 1)));
    }
    const { connection, scope, aggregator } = node;
    const nodes = rows.map(
      (row): TreeNode => ({
        kind: 'row',
        id: `${node.id}/rows/${rowKey(row)}`,
        connection,
        scope,
        aggregator,
        row,
        score: scoreOf(row),
        readAt: list.readAt,
      }),
    );
    return listNodes(node.id, list, nodes, { filtered: isFiltered(this.query.filter), empty: noRows });
  }

  /** The known scores by account, region and name: never by name alone. */
  #ownScores(): (row: AggregateRow) => Score | undefined {
    const scores = new Map<string, Score | undefined>();
    for (const connection of this.#settings().connections) {
      for (const { account, region } of this.#estate.scope(connection).rows) {
        for (const { name, score } of this.#packList(connection).rows)
          scores.set(`${account}/${region}/${name}`, score);
      }
    }
    return (row) => scores.get(rowKey(row));
  }

  #packList(connection: Connection): PackList {
    return this.#estate.packs(connection, this.query.order, this.query.filter.name);
  }

  #countList({ connection, aggregator }: AggregatorNode, by: 'account' | 'region') {
    return this.#estate.packCounts(connection, aggregator.name, by, countFilter(this.query.filter));
  }

  #rowList({ connection, aggregator }: AggregatorNode | GroupNode, filter: Filter): PagedList<AggregateRow> {
    return this.#estate.rows(connection, aggregator.name, rowFilter(filter));
  }
}

const noPacks = { text: 'No conformance packs', detail: 'None is deployed in this account and region.' };
const noRows = { text: 'No conformance packs', detail: 'The aggregator has no data that fits.' };
const noneHere = { text: 'No aggregators', detail: '' };

function groupNode({ id, connection, scope, aggregator }: AggregatorNode, part: GroupPart): GroupNode {
  return { kind: 'group', id: `${id}/${part.by}/${part.name}`, connection, scope, aggregator, part };
}

/** What a group adds to the filter. */
function partFilter(part: GroupPart): Filter {
  switch (part.by) {
    case 'account':
      return { account: part.name };
    case 'region':
      return { region: part.name };
    case 'status':
      return { compliance: part.name };
  }
}
