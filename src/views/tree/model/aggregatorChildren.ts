import { isFiltered, matchesCount, matchesRow } from '../../../compliance/filter.ts';
import { type AggregateRow, complianceTypes, packKey, rowKey, type Score } from '../../../compliance/model.ts';
import type { List } from '../../../compliance/paging/list.ts';
import { formatScope } from '../../../compliance/text/format.ts';
import { errorNode, listNodes } from './stateNodes.ts';
import type { AggregatorNode, GroupNode, GroupPart, TreeNode } from './nodes.ts';
import { isDenied, type TreeQueryLists } from './treeQuery.ts';

const empty = { text: 'No conformance packs', detail: 'The aggregator has no data that fits.' };

/** An aggregator's groups or rows, below a line that says why they may be fewer than there should be. */
export function aggregatorChildren(lists: TreeQueryLists, node: AggregatorNode): TreeNode[] {
  const { rows: sources, isComplete, readAt } = lists.troubledSources(node);
  const line: TreeNode = { kind: 'sources', id: `${node.id}#sources`, sources, isComplete, readAt };
  const children = groupNodes(lists, node);
  const unknown = children.some((child) => child.kind === 'error' && child.error.kind === 'noAggregator');
  return [...(sources.length > 0 ? [line] : []), ...children, ...(unknown ? otherNodes(lists, node) : [])];
}

/** Where there is no such aggregator: those that have been listed, here and through other connections. */
function otherNodes({ estate, settings }: TreeQueryLists, node: AggregatorNode): TreeNode[] {
  return settings.connections.flatMap((connection) => {
    const { identity, aggregators } = estate.getStore(connection);
    const [place] = identity.rows;
    if (!place) return [];
    // One that was only named in the settings may not exist either.
    const listed = aggregators.rows.filter(({ arn }) => arn !== undefined && arn !== node.aggregator.arn);
    return listed.map(({ name, arn }): TreeNode => {
      const detail = `exists in ${formatScope(place)}`;
      return { kind: 'note', id: `${node.id}#${arn}`, text: name, detail };
    });
  });
}

/** An aggregator's groups, or its rows where it is not grouped. */
function groupNodes(lists: TreeQueryLists, node: AggregatorNode): TreeNode[] {
  const { groupBy, filter } = lists.query;
  if (groupBy === 'pack') return rowNodes(lists, node);
  if (groupBy === 'status') {
    return complianceTypes
      .filter((name) => (filter.compliance ?? name) === name)
      .map((name) => groupNode(node, { by: 'status', name }));
  }
  const list = lists.counts(node, groupBy);
  if (isDenied(list)) return ungroupedNodes(lists, node, list);
  const groups = list.rows
    .filter((count) => matchesCount(filter, count))
    .map((count) => groupNode(node, { by: groupBy, name: count.name, count }));
  return listNodes(node, list, groups, { filtered: isFiltered(filter), empty });
}

/** Without permission to count there are no groups: the plain rows, under a line that says why. */
function ungroupedNodes(lists: TreeQueryLists, node: AggregatorNode, counts: List<unknown>): TreeNode[] {
  const denied = counts.errors.map((error) => errorNode(`${node.id}#groups`, error, node.connection, [counts]));
  return [...denied, ...rowNodes(lists, node)];
}

/** The rows of a group, or of an aggregator that is not grouped. */
export function rowNodes(lists: TreeQueryLists, node: AggregatorNode | GroupNode): TreeNode[] {
  const list = lists.rows(node);
  const { filter, order } = lists.query;
  const scoreOf = ownScores(lists);
  const rows = list.rows.filter((row) => matchesRow(filter, row, scoreOf(row)));
  if (order.by === 'name') rows.sort(byName(order.descending ? -1 : 1));
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
  return listNodes(node, list, nodes, { filtered: isFiltered(filter), empty });
}

function groupNode({ id, connection, scope, aggregator }: AggregatorNode, part: GroupPart): GroupNode {
  return { kind: 'group', id: `${id}/${part.by}/${part.name}`, connection, scope, aggregator, part };
}

/** The service does not sort rows: loaded ones are sorted here, equal names in its order. */
const byName = (sign: number) => (a: AggregateRow, b: AggregateRow) =>
  a.pack === b.pack ? 0 : sign * (a.pack < b.pack ? -1 : 1);

/** The known scores by account, region and name: never by name alone. */
function ownScores({ estate, settings }: TreeQueryLists): (row: AggregateRow) => Score | undefined {
  const scores = new Map<string, Score | undefined>();
  for (const store of estate.getStores(settings.connections)) {
    for (const scope of store.identity.rows) {
      for (const { name, score } of store.getLoadedPacks()) scores.set(packKey(scope, name), score);
    }
  }
  return (row) => scores.get(rowKey(row));
}
