import { isDenial } from '../../../compliance/errors.ts';
import { type Filter, toCountFilter, toRowFilter } from '../../../compliance/filter.ts';
import type { GetRowChange, GetScoreChange } from '../../../compliance/history/history.ts';
import type { AggregateRow, PackCount, UnhealthySource } from '../../../compliance/model.ts';
import type { List } from '../../../compliance/paging/list.ts';
import type { PagedList } from '../../../compliance/paging/pagedList.ts';
import { type Connection, defaultPackOrder } from '../../../compliance/source.ts';
import type { Estate } from '../../../compliance/store/estate.ts';
import type { PackList } from '../../../compliance/store/packList.ts';
import type { AggregatorNode, Group, GroupNode, TreeNode } from './nodes.ts';
import type { TreeQuery } from './treeQuery.ts';

/** The settings that the tree depends on. */
export interface TreeSettings {
  readonly connections: readonly Connection[];
  /** Minimum score for a pack to count as healthy, 0–100. */
  readonly scoreTarget: number;
  /** The names of accounts by ID. */
  readonly accountNames?: ReadonlyMap<string, string>;
  /** How a pack's score differs from that of the last visit. */
  readonly getScoreChange?: GetScoreChange;
  /** How an aggregator's row differs from that of the last visit. */
  readonly getRowChange?: GetRowChange;
}

/** Rows of a list that are shown at first, and that Load More adds to them. */
const shownRowsStep = 2_000;

/** Selects the estate's lists that hold the children of each node under the current query. Loads nothing. */
export class ChildLists {
  readonly estate: Estate;
  /** Reads the current settings. */
  readonly getSettings: () => TreeSettings;
  readonly #shownCounts = new WeakMap<List<unknown>, number>();
  #query: TreeQuery = { filter: {}, order: defaultPackOrder, groupBy: 'account' };

  constructor(estate: Estate, getSettings: () => TreeSettings) {
    this.estate = estate;
    this.getSettings = getSettings;
  }

  get query(): TreeQuery {
    return this.#query;
  }

  updateQuery(change: Partial<TreeQuery>): void {
    this.#query = { ...this.#query, ...change };
  }

  /** How many rows of a list are shown at most. */
  getShownCount(list: List<unknown>): number {
    return this.#shownCounts.get(list) ?? shownRowsStep;
  }

  showMore(list: List<unknown>): void {
    this.#shownCounts.set(list, this.getShownCount(list) + shownRowsStep);
  }

  /** Whether scope nodes are initially expanded: only if there is a single connection. */
  shouldExpandScopes(): boolean {
    return this.getSettings().connections.length === 1;
  }

  /** The lists behind the root nodes of a connection, and behind its scope's children if these are initially visible. */
  getInitialLists(connection: Connection): readonly List<unknown>[] {
    const { identity, aggregators } = this.estate.getStore(connection);
    return [identity, aggregators, ...(this.shouldExpandScopes() ? [this.getPackList(connection)] : [])];
  }

  getPackList(connection: Connection): PackList {
    const { order, filter } = this.query;
    return this.estate.getStore(connection).getPackList(order, filter.name === undefined ? undefined : [filter.name]);
  }

  getPackCounts({ connection, aggregator }: AggregatorNode, by: 'account' | 'region'): PagedList<PackCount> {
    return this.estate.getStore(connection).getPackCounts(aggregator.name, by, toCountFilter(this.query.filter));
  }

  getUnhealthySources({ connection, aggregator }: AggregatorNode): PagedList<UnhealthySource> {
    return this.estate.getStore(connection).getUnhealthySources(aggregator.name);
  }

  /** The rows of a group, or of an ungrouped aggregator, under `filter`. */
  getAggregateRows(node: AggregatorNode | GroupNode, filter = this.query.filter): PagedList<AggregateRow> {
    const nodeFilter = node.kind === 'group' ? { ...filter, ...toGroupFilter(node.group) } : filter;
    return this.estate.getStore(node.connection).getAggregateRows(node.aggregator.name, toRowFilter(nodeFilter));
  }

  /** Every list that a node's children depend on. The last one holds the rows of the children. */
  getChildLists(node: TreeNode): readonly List<unknown>[] {
    switch (node.kind) {
      case 'scope':
        return [this.getPackList(node.connection)];
      case 'pack':
        return [this.estate.getStore(node.connection).getRuleList(node.pack.name)];
      case 'rule':
        return [this.estate.getStore(node.connection).getExceptions(node.rule.name)];
      case 'group':
        return [this.getAggregateRows(node)];
      case 'aggregator': {
        const { groupBy } = this.query;
        const sources = this.getUnhealthySources(node);
        if (groupBy === 'pack' || groupBy === 'none') return [sources, this.getAggregateRows(node)];
        if (groupBy === 'status') return [sources, this.getPackCounts(node, 'region')];
        const counts = this.getPackCounts(node, groupBy);
        return isDenied(counts) ? [sources, counts, this.getAggregateRows(node)] : [sources, counts];
      }
      default:
        return [];
    }
  }
}

/** Whether a list could not be loaded for lack of a permission. */
export const isDenied = (list: List<unknown>): boolean => list.errors.some(isDenial);

/** The filter that selects a group's rows. */
export function toGroupFilter(group: Group): Filter {
  switch (group.by) {
    case 'account':
      return { account: group.name };
    case 'region':
      return { region: group.name };
    case 'status':
      return { compliance: group.name };
    case 'pack':
      // AWS Config cannot filter by the base name of an organization's pack.
      return group.count.pack.isOrganization ? {} : { name: group.name };
  }
}
