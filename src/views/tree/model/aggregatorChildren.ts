import { isFiltered, matchesCount } from '../../../compliance/filter.ts';
import { type AggregateRow, type ComplianceType, complianceTypes, type PackCount } from '../../../compliance/model.ts';
import type { PackGroupCounts } from '../../../compliance/organization/cells.ts';
import type { List } from '../../../compliance/paging/list.ts';
import { type FirstItems, FirstRows, type SelectOptions } from '../../../compliance/queries/firstRows.ts';
import { countPackGroups } from '../../../compliance/queries/packGroupCounts.ts';
import { countPlaces } from '../../../compliance/queries/placeCounts.ts';
import { compareCounts, comparePackGroups } from '../../../compliance/queries/rowOrder.ts';
import { formatCount, formatScope } from '../../../compliance/text/format.ts';
import type { SlicedWork } from '../../../timeSlicing.ts';
import { RowResults } from '../../shared/rowResults.ts';
import { AggregatorRows, emptyNote } from './aggregatorRows.ts';
import { type ChildLists, isDenied } from './childLists.ts';
import type { AggregatorNode, Group, GroupNode, StateCount, TreeNode } from './nodes.ts';
import { addOrderNote } from './orderNote.ts';
import { addStateNodes, createErrorNode } from './stateNodes.ts';

/** How rows are grouped that have been read. */
interface RowGrouping<C> {
  readonly by: 'account' | 'region' | 'pack';
  readonly count: (
    rows: readonly AggregateRow[],
    options: Omit<SelectOptions<C>, 'compare'>,
  ) => SlicedWork<FirstItems<C>>;
  /** `readRows`: how many rows were counted; undefined if these are all. */
  readonly createNode: (count: C, readRows: number | undefined) => TreeNode;
}

/** Creates the nodes below aggregators and their groups. */
export class AggregatorChildren {
  readonly #lists: ChildLists;
  readonly #rows: AggregatorRows;
  readonly #packGroups: RowResults<FirstItems<PackGroupCounts>>;
  readonly #places: RowResults<FirstItems<PackCount>>;

  /** `onReady` is called when the children that depend on a list are available after a pause. */
  constructor(lists: ChildLists, onReady: (list: List<unknown>) => void) {
    this.#lists = lists;
    this.#rows = new AggregatorRows(lists, onReady);
    this.#packGroups = new RowResults(onReady);
    this.#places = new RowResults(onReady);
  }

  get(node: AggregatorNode | GroupNode): TreeNode[] {
    return node.kind === 'group' ? this.#rows.get(node) : this.#getAggregatorChildren(node);
  }

  /** An aggregator's groups or rows, below a node for the sources that are missing from its data. */
  #getAggregatorChildren(node: AggregatorNode): TreeNode[] {
    const { rows: sources, isComplete, readAt } = this.#lists.getUnhealthySources(node);
    const sourcesNode: TreeNode = { kind: 'sources', id: `${node.id}#sources`, sources, isComplete, readAt };
    const children = this.#getGroups(node);
    const isMissing = children.some((child) => child.kind === 'error' && child.error.kind === 'aggregatorNotFound');
    return [
      ...(sources.length > 0 ? [sourcesNode] : []),
      ...children,
      ...(isMissing ? getExistingAggregators(this.#lists, node) : []),
    ];
  }

  #getGroups(node: AggregatorNode): TreeNode[] {
    const { groupBy } = this.#lists.query;
    switch (groupBy) {
      case 'account':
      case 'region':
        return this.#getCountedGroups(node, groupBy);
      case 'status':
        return this.#getStates(node);
      case 'pack':
        return this.#getPacks(node);
      case 'none':
        return this.#rows.get(node);
    }
  }

  #getCountedGroups(node: AggregatorNode, by: 'account' | 'region'): TreeNode[] {
    const { filter, order } = this.#lists.query;
    const list = this.#lists.getPackCounts(node, by);
    // Without the permission to count packs: shows the error, then what the rows tell.
    if (isDenied(list)) return [...createErrorNodes(node, list), ...this.#getPlaces(node, by)];
    const first = new FirstRows<PackCount>(this.#lists.getShownCount(list), compareCounts(order));
    for (const count of list.rows) if (matchesCount(filter, count)) first.add(count);
    const { compliance } = filter;
    const isUnfiltered = this.#hasUncountableFilter() || compliance === 'INSUFFICIENT_DATA';
    const groups = first
      .toSorted()
      .map((count) =>
        this.#createPlace(node, { by, name: count.name, count, compliance, isUnfiltered, readRows: undefined }),
      );
    const children = addStateNodes(node, list, groups, {
      isFiltered: isFiltered(filter),
      hiddenCount: first.count - groups.length,
      emptyNote,
    });
    return addOrderNote(node, children, list, order, formatCount(list.rows.length, by));
  }

  /** Whether the query has a filter that AWS Config cannot apply to counts. */
  #hasUncountableFilter(): boolean {
    const { name, nameContains, scoreBelow } = this.#lists.query.filter;
    return [name, nameContains, scoreBelow].some((part) => part !== undefined);
  }

  /** The accounts or regions of the rows read so far. */
  #getPlaces(node: AggregatorNode, by: 'account' | 'region'): TreeNode[] {
    const { filter, order } = this.#lists.query;
    const { compliance } = filter;
    const compare = compareCounts(order);
    return this.#getRowGroups(node, this.#places, {
      by,
      count: (rows, options) => countPlaces(rows, by, { ...options, compare }),
      createNode: (count, readRows) =>
        this.#createPlace(node, { by, name: count.name, count, compliance, isUnfiltered: false, readRows }),
    });
  }

  #createPlace(node: AggregatorNode, group: Extract<Group, { by: 'account' | 'region' }>): GroupNode {
    const names = group.by === 'account' ? this.#lists.getSettings().accountNames : undefined;
    return { ...createGroupNode(node, group), accountName: names?.get(group.name) };
  }

  /** The packs of the rows read so far. */
  #getPacks(node: AggregatorNode): TreeNode[] {
    const { filter, order } = this.#lists.query;
    const { compliance } = filter;
    const compare = comparePackGroups(order);
    const siblings = this.#rows.getBaseNames(node);
    return this.#getRowGroups(node, this.#packGroups, {
      by: 'pack',
      count: (rows, options) => countPackGroups(rows, { ...options, compare }),
      createNode: (count, readRows) =>
        createGroupNode(node, { by: 'pack', name: count.pack.name, count, compliance, readRows }, siblings),
    });
  }

  /** Groups of the rows read so far, and how many these are unless they are all. */
  #getRowGroups<C>(node: AggregatorNode, results: RowResults<FirstItems<C>>, grouping: RowGrouping<C>): TreeNode[] {
    const { filter, order } = this.#lists.query;
    const list = this.#lists.getAggregateRows(node);
    const limit = this.#lists.getShownCount(list);
    const { matches, key } = this.#rows.createFilter();
    const selection = results.get(list, JSON.stringify([grouping.by, key, order, limit]), (rows) =>
      grouping.count(rows, { matches, limit }),
    );
    if (!selection) return [{ kind: 'loading', id: `${node.id}#loading` }];
    const areAllCounted = list.isComplete && selection.rowCount === list.rows.length;
    const readRows = areAllCounted ? undefined : selection.rowCount;
    const groups = selection.items.map((count) => grouping.createNode(count, readRows));
    const hiddenCount = selection.count - groups.length;
    const children = addStateNodes(node, list, groups, {
      // Load More counts rows, except where it shows more groups.
      isFiltered: isFiltered(filter) && (groups.length === 0 || hiddenCount > 0),
      hiddenCount,
      emptyNote,
    });
    return addOrderNote(node, children, list, order, formatCount(selection.rowCount, 'row'));
  }

  #getStates(node: AggregatorNode): TreeNode[] {
    const counts = this.#lists.getPackCounts(node, 'region');
    const { compliance } = this.#lists.query.filter;
    const groups = complianceTypes
      .filter((name) => (compliance ?? name) === name)
      .map((name) => createGroupNode(node, { by: 'status', name, count: this.#countState(node, name) }));
    return [...createErrorNodes(node, counts), ...groups];
  }

  /** Prefers rows, which the whole filter applies to, once all are read. Until then AWS Config counts all but one state. */
  #countState(node: AggregatorNode, state: ComplianceType): StateCount | undefined {
    const group = createGroupNode(node, { by: 'status', name: state, count: undefined });
    const rows = this.#lists.getAggregateRows(group);
    const selection = rows.readAt === undefined ? undefined : this.#rows.select(group);
    const counts = this.#lists.getPackCounts(node, 'region');
    const isSummable = counts.readAt !== undefined && counts.rows.every(({ countsText }) => countsText === undefined);
    const isCounted = state !== 'INSUFFICIENT_DATA' && isSummable;
    if (isCounted && !(selection && rows.isComplete)) {
      const member = state === 'COMPLIANT' ? 'compliantPacks' : 'nonCompliantPacks';
      const packs = counts.rows.reduce((sum, count) => sum + count[member], 0);
      return { packs, isPartial: !counts.isComplete, isUnfiltered: this.#hasUncountableFilter() };
    }
    return selection && { packs: selection.count, isPartial: !rows.isComplete, isUnfiltered: false };
  }
}

const createErrorNodes = ({ id, connection }: AggregatorNode, counts: List<unknown>): TreeNode[] =>
  counts.errors.map((error) => createErrorNode(`${id}#groups`, error, connection, [counts]));

/** `siblings`: the base names of the loaded packs if the groups are packs. */
function createGroupNode<G extends Group>(
  node: AggregatorNode,
  group: G,
  siblings: readonly string[] = [],
): GroupNode & { readonly group: G } {
  const { id, connection, scope, aggregator } = node;
  const isCountedByRows = group.by === 'status' || (group.by === 'pack' && group.count.pack.isOrganization);
  return {
    kind: 'group',
    id: getGroupId(id, group),
    connection,
    scope,
    aggregator,
    group,
    siblings,
    ...(isCountedByRows && { countedBy: node }),
  };
}

/** A pack of the organization and one of an account can have the same name. */
const getGroupId = (id: string, group: Group): string =>
  `${id}/${group.by}/${group.by === 'pack' && group.count.pack.isOrganization ? 'organization/' : ''}${group.name}`;

/** Notes that name the aggregators that exist, of all connections: shown below one that does not. */
function getExistingAggregators({ estate, getSettings }: ChildLists, node: AggregatorNode): TreeNode[] {
  return getSettings().connections.flatMap((connection) => {
    const { identity, aggregators } = estate.getStore(connection);
    const [scope] = identity.rows;
    if (!scope) return [];
    // Aggregators without an ARN come from the settings and may not exist either.
    const existing = aggregators.rows.filter(({ arn }) => arn !== undefined && arn !== node.aggregator.arn);
    return existing.map(({ name, arn }): TreeNode => {
      const detail = `exists in ${formatScope(scope)}`;
      return { kind: 'note', id: `${node.id}#${arn}`, text: name, detail };
    });
  });
}
