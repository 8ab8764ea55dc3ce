import { countFilter, type Filter, rowFilter } from '../../../compliance/filter.ts';
import type { AggregateRow, PackCount, UnhealthySource } from '../../../compliance/model.ts';
import type { List } from '../../../compliance/paging/list.ts';
import type { PagedList } from '../../../compliance/paging/pagedList.ts';
import { type Connection, type PackOrder, worstFirst } from '../../../compliance/source.ts';
import type { Estate } from '../../../compliance/store/estate.ts';
import type { PackList } from '../../../compliance/store/packList.ts';
import type { AggregatorNode, Grouping, GroupNode, GroupPart, TreeNode } from './nodes.ts';

/** What the tree shows of the estate, and in which order. */
export interface TreeQuery {
  readonly filter: Filter;
  readonly order: PackOrder;
  readonly groupBy: Grouping;
}

/** What the tree needs of the settings. */
export interface TreeSettings {
  readonly connections: readonly Connection[];
  /** The score from which on a pack counts as good, 0–100. */
  readonly scoreTarget: number;
}

/** The lists of the estate that answer what the tree shows now. */
export class TreeQueryLists {
  query: TreeQuery = { filter: {}, order: worstFirst, groupBy: 'account' };
  readonly estate: Estate;
  readonly #settings: () => TreeSettings;

  constructor(estate: Estate, settings: () => TreeSettings) {
    this.estate = estate;
    this.#settings = settings;
  }

  get settings(): TreeSettings {
    return this.#settings();
  }

  /** Whether a scope opens by itself: only where it is the one there is. */
  get opensScopes(): boolean {
    return this.settings.connections.length === 1;
  }

  /** What the first sight of a connection needs: asked at the same time, not one after the other. */
  atFirst(connection: Connection): readonly List<unknown>[] {
    const { identity, aggregators } = this.estate.getStore(connection);
    return [identity, aggregators, ...(this.opensScopes ? [this.packs(connection)] : [])];
  }

  packs(connection: Connection): PackList {
    const { order, filter } = this.query;
    return this.estate.getStore(connection).getPackList(order, filter.name === undefined ? undefined : [filter.name]);
  }

  counts({ connection, aggregator }: AggregatorNode, by: 'account' | 'region'): PagedList<PackCount> {
    return this.estate.getStore(connection).getPackCounts(aggregator.name, by, countFilter(this.query.filter));
  }

  troubledSources({ connection, aggregator }: AggregatorNode): PagedList<UnhealthySource> {
    return this.estate.getStore(connection).getUnhealthySources(aggregator.name);
  }

  /** The rows below an aggregator that is not grouped, or below a group. */
  rows(node: AggregatorNode | GroupNode): PagedList<AggregateRow> {
    const filter = node.kind === 'group' ? { ...this.query.filter, ...partFilter(node.part) } : this.query.filter;
    return this.estate.getStore(node.connection).getAggregateRows(node.aggregator.name, rowFilter(filter));
  }

  /** The lists that say what stands directly below a node; the rows there are those of the last. */
  below(node: TreeNode): readonly List<unknown>[] {
    switch (node.kind) {
      case 'scope':
        return [this.packs(node.connection)];
      case 'pack':
        return [this.estate.getStore(node.connection).getRuleList(node.pack.name)];
      case 'group':
        return [this.rows(node)];
      case 'aggregator': {
        const { groupBy } = this.query;
        const sources = this.troubledSources(node);
        if (groupBy === 'status') return [sources];
        if (groupBy === 'pack') return [sources, this.rows(node)];
        const counts = this.counts(node, groupBy);
        return isDenied(counts) ? [sources, counts, this.rows(node)] : [sources, counts];
      }
      default:
        return [];
    }
  }
}

/** Whether a list may not be read. */
export const isDenied = (list: List<unknown>): boolean => list.errors.some(({ kind }) => kind === 'denied');

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
