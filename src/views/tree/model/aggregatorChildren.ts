import { isFiltered, matchesCount } from '../../../compliance/filter.ts';
import { type ComplianceType, complianceTypes, type PackCount } from '../../../compliance/model.ts';
import type { PackGroupCounts } from '../../../compliance/organization/cells.ts';
import type { List } from '../../../compliance/paging/list.ts';
import { type FirstItems, FirstRows } from '../../../compliance/queries/firstRows.ts';
import { countPackGroups } from '../../../compliance/queries/packGroupCounts.ts';
import { compareCounts, comparePackGroups } from '../../../compliance/queries/rowOrder.ts';
import { formatCount, formatScope } from '../../../compliance/text/format.ts';
import { RowResults } from '../../shared/rowResults.ts';
import { AggregatorRows, emptyNote } from './aggregatorRows.ts';
import { type ChildLists, isDenied } from './childLists.ts';
import type { AggregatorNode, Group, GroupNode, StateCount, TreeNode } from './nodes.ts';
import { addOrderNote } from './orderNote.ts';
import { addStateNodes, createErrorNode } from './stateNodes.ts';

/** Creates the nodes below aggregators and their groups. */
export class AggregatorChildren {
  readonly #lists: ChildLists;
  readonly #rows: AggregatorRows;
  readonly #packGroups: RowResults<FirstItems<PackGroupCounts>>;

  /** `onReady` is called when the children that depend on a list are available after a pause. */
  constructor(lists: ChildLists, onReady: (list: List<unknown>) => void) {
    this.#lists = lists;
    this.#rows = new AggregatorRows(lists, onReady);
    this.#packGroups = new RowResults(onReady);
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
    // Without the permission to count packs there are no groups: shows the error, then all rows.
    if (isDenied(list)) return [...createErrorNodes(node, list), ...this.#rows.get(node)];
    const first = new FirstRows<PackCount>(this.#lists.getShownCount(list), compareCounts(order));
    for (const count of list.rows) if (matchesCount(filter, count)) first.add(count);
    const { compliance } = filter;
    const isUnfiltered = this.#hasUncountableFilter() || compliance === 'INSUFFICIENT_DATA';
    const names = by === 'account' ? this.#lists.getSettings().accountNames : undefined;
    const groups = first.toSorted().map((count) => ({
      ...createGroupNode(node, { by, name: count.name, count, compliance, isUnfiltered }),
      accountName: names?.get(count.name),
    }));
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

  /** The packs of the rows read so far. */
  #getPacks(node: AggregatorNode): TreeNode[] {
    const { filter, order } = this.#lists.query;
    const list = this.#lists.getAggregateRows(node);
    const limit = this.#lists.getShownCount(list);
    const { matches, key } = this.#rows.createFilter();
    const compare = comparePackGroups(order);
    const selection = this.#packGroups.get(list, JSON.stringify([key, order, limit]), (rows) =>
      countPackGroups(rows, { matches, compare, limit }),
    );
    const siblings = this.#rows.getBaseNames(node);
    if (!selection) return [{ kind: 'loading', id: `${node.id}#loading` }];
    const areAllCounted = list.isComplete && selection.rowCount === list.rows.length;
    const readRows = areAllCounted ? undefined : selection.rowCount;
    const { compliance } = filter;
    const groups = selection.items.map((count) =>
      createGroupNode(node, { by: 'pack', name: count.pack.name, count, compliance, readRows }, siblings),
    );
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
