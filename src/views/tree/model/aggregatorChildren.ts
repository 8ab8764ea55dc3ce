import { isFiltered, matchesCount, matchesRow } from '../../../compliance/filter.ts';
import { type AggregateRow, complianceTypes, getPackKey, getRowKey, type Score } from '../../../compliance/model.ts';
import type { List } from '../../../compliance/paging/list.ts';
import { formatScope } from '../../../compliance/text/format.ts';
import { type ChildLists, isDenied } from './childLists.ts';
import type { AggregatorNode, Group, GroupNode, TreeNode } from './nodes.ts';
import { selectFirst } from './selectFirst.ts';
import { addStateNodes, createErrorNode } from './stateNodes.ts';

/** An aggregator's groups or rows, below a node for the sources that are missing from its data. */
export function getAggregatorChildren(lists: ChildLists, node: AggregatorNode): TreeNode[] {
  const { rows: sources, isComplete, readAt } = lists.getUnhealthySources(node);
  const sourcesNode: TreeNode = { kind: 'sources', id: `${node.id}#sources`, sources, isComplete, readAt };
  const children = getGroups(lists, node);
  const isMissing = children.some((child) => child.kind === 'error' && child.error.kind === 'aggregatorNotFound');
  return [
    ...(sources.length > 0 ? [sourcesNode] : []),
    ...children,
    ...(isMissing ? getExistingAggregators(lists, node) : []),
  ];
}

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

function getGroups(lists: ChildLists, node: AggregatorNode): TreeNode[] {
  const { groupBy, filter } = lists.query;
  if (groupBy === 'pack') return getRows(lists, node);
  if (groupBy === 'status') {
    return complianceTypes
      .filter((name) => (filter.compliance ?? name) === name)
      .map((name) => createGroupNode(node, { by: 'status', name }));
  }
  const list = lists.getPackCounts(node, groupBy);
  if (isDenied(list)) return getUngroupedRows(lists, node, list);
  const matching = list.rows.filter((count) => matchesCount(filter, count));
  const groups = matching
    .slice(0, lists.getShownCount(list))
    .map((count) => createGroupNode(node, { by: groupBy, name: count.name, count }));
  const emptyNote = { text: 'No conformance packs', detail: 'The aggregator has no data' };
  const hiddenCount = matching.length - groups.length;
  return addStateNodes(node, list, groups, { isFiltered: isFiltered(filter), hiddenCount, emptyNote });
}

/** Without the permission to count packs there are no groups: shows the error, then all rows. */
function getUngroupedRows(lists: ChildLists, node: AggregatorNode, counts: List<unknown>): TreeNode[] {
  const errors = counts.errors.map((error) => createErrorNode(`${node.id}#groups`, error, node.connection, [counts]));
  return [...errors, ...getRows(lists, node)];
}

/** The rows of a group, or of an ungrouped aggregator. */
export function getRows(lists: ChildLists, node: AggregatorNode | GroupNode): TreeNode[] {
  const { connection, scope, aggregator } = node;
  const { filter, order } = lists.query;
  const list = lists.getAggregateRows(node);
  const { readAt } = list;
  const getScore = createScoreLookup(lists);
  const matching = isFiltered(filter)
    ? list.rows.filter((row) => matchesRow(filter, row, filter.scoreBelow === undefined ? undefined : getScore(row)))
    : list.rows;
  const limit = lists.getShownCount(list);
  const shown =
    order.by === 'name'
      ? selectFirst(matching, limit, compareNames(order.descending ? -1 : 1))
      : matching.slice(0, limit);
  const rows = shown.map((row): TreeNode => {
    const id = `${node.id}/rows/${getRowKey(row)}`;
    return { kind: 'row', id, connection, scope, aggregator, row, score: getScore(row), readAt };
  });
  const detail = node.kind === 'group' ? 'The group has no packs' : 'The aggregator has no data';
  const emptyNote = { text: 'No conformance packs', detail };
  const hiddenCount = matching.length - rows.length;
  return addStateNodes(node, list, rows, { isFiltered: isFiltered(filter), hiddenCount, emptyNote });
}

const createGroupNode = ({ id, connection, scope, aggregator }: AggregatorNode, group: Group): GroupNode => ({
  kind: 'group',
  id: `${id}/${group.by}/${group.name}`,
  connection,
  scope,
  aggregator,
  group,
});

/** AWS Config does not sort aggregate rows: loaded rows are sorted here. Equal names keep the order of the service. */
const compareNames = (sign: number) => (a: AggregateRow, b: AggregateRow) =>
  a.pack === b.pack ? 0 : sign * (a.pack < b.pack ? -1 : 1);

/** Published scores by account, region and name. A name alone would match packs of other accounts. */
function createScoreLookup({ estate, getSettings }: ChildLists): (row: AggregateRow) => Score | undefined {
  const scores = new Map<string, Score | undefined>();
  for (const store of estate.getStores(getSettings().connections)) {
    for (const scope of store.identity.rows) {
      for (const { name, score } of store.getLoadedPacks()) scores.set(getPackKey(scope, name), score);
    }
  }
  return (row) => scores.get(getRowKey(row));
}
