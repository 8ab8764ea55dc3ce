import type { Filter } from '../../compliance/filter.ts';
import { getPackKey, type Scope } from '../../compliance/model.ts';
import { getResolvedConnections, type ResolvedConnection } from '../../compliance/queries/lookup.ts';
import { type Connection, getConnectionKey } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import {
  type AggregatorSource,
  createQuery,
  type ExportFilter,
  type ExportQuery,
  type ExportSource,
  type ScopeSource,
} from '../../reports/exportQuery.ts';
import { toGroupFilter } from '../tree/model/childLists.ts';
import type { AggregatorNode, Group, GroupNode, PackNode, RowNode, ScopeNode, TreeNode } from '../tree/model/nodes.ts';
import type { TreeQuery } from '../tree/model/treeQuery.ts';

/** What can be exported of some sources: what a view shows of them, or everything. */
export interface ExportOffer {
  readonly shown: ExportQuery;
  /** The same sources without the view's filter; undefined if the view has none. */
  readonly everything: ExportQuery | undefined;
}

/** What the tree shows, and the settings that this depends on. */
export interface TreeView {
  readonly estate: Estate;
  readonly query: TreeQuery;
  readonly connections: readonly Connection[];
  readonly accountNames: ReadonlyMap<string, string>;
  /** The tag that names owners; empty if none does. */
  readonly ownerTag: string;
}

/**
 * What the tree shows of some sources. `own`: the filter that is part of the sources, such as a group's. `unreadSources`:
 * connections that could not be read, so that sources may be missing.
 */
export function createSourceOffer(
  view: TreeView,
  sources: readonly ExportSource[],
  own: ExportFilter = {},
  unreadSources: ExportQuery['unreadSources'] = [],
): ExportOffer {
  const { filter, order, groupBy } = view.query;
  // Packs that were selected one by one are shown: no filter leaves them out.
  const applied = sources.every(({ packs }) => packs) ? {} : filter;
  const change = {
    unreadSources,
    order,
    grouping: groupBy,
    scoredScopes: getScoredScopes(view),
    accountNames: view.accountNames,
  };
  const everything = createQuery(sources, { ...change, filter: own });
  return {
    shown: { ...everything, filter: { ...applied, ...own } },
    everything: hasOtherMembers(applied, own) ? everything : undefined,
  };
}

const hasOtherMembers = (filter: Filter, own: ExportFilter): boolean =>
  Object.entries(filter).some(([name, value]) => value !== undefined && !(name in own));

/** The connections with a known account, which have published scores. */
export const getScoredScopes = ({
  estate,
  connections,
}: Pick<TreeView, 'estate' | 'connections'>): readonly ResolvedConnection[] =>
  estate.getStores(connections).flatMap(getResolvedConnections);

type ExportableNode = ScopeNode | PackNode | AggregatorNode | GroupNode | RowNode;

/** Whether `offerNodes` can export a node. */
export const isExportable = (node: TreeNode): node is ExportableNode =>
  ['scope', 'pack', 'aggregator', 'group', 'row'].includes(node.kind);

/** What the tree shows of some nodes. Throws an error for users if they cannot be exported together. */
export function offerNodes(view: TreeView, nodes: readonly TreeNode[]): ExportOffer {
  const { estate, query } = view;
  const exportable = nodes.filter(isExportable);
  const [first] = exportable;
  if (first?.kind === 'group' && exportable.length === 1) {
    const source = { ...resolve(estate, first), aggregator: first.aggregator };
    return createSourceOffer(
      { ...view, query: { ...query, groupBy: 'none' } },
      [source],
      toGroupExportFilter(first.group),
    );
  }
  if (exportable.some(({ kind }) => kind === 'group')) throw new Error('Groups are exported one at a time.');
  return createSourceOffer(view, toSources(estate, exportable));
}

/** All packs of a scope, aggregator or group node, without the tree's filter; undefined for other nodes. */
export function getQueryOfNode(estate: Estate, node: TreeNode): ExportQuery | undefined {
  if (node.kind !== 'scope' && node.kind !== 'aggregator' && node.kind !== 'group') return undefined;
  const sources = toSources(estate, [node]);
  return createQuery(sources, node.kind === 'group' ? { filter: toGroupExportFilter(node.group) } : {});
}

/** The filter that selects a group's rows. */
export function toGroupExportFilter(group: Group): ExportFilter {
  return group.by === 'pack' && group.count.pack.isOrganization
    ? { organizationPack: group.name }
    : toGroupFilter(group);
}

const resolve = (
  estate: Estate,
  { connection, scope }: { readonly connection: ExportableNode['connection']; readonly scope: Scope },
) => ({
  store: estate.getStore(connection),
  scope,
});

/** One source per scope and aggregator. A selected scope or aggregator includes its selected packs. */
function toSources(estate: Estate, nodes: readonly ExportableNode[]): readonly ExportSource[] {
  const bySource = Map.groupBy(nodes, (node) => {
    const aggregator = 'aggregator' in node ? node.aggregator.name : '';
    return `${getConnectionKey(node.connection)}/${getPackKey(node.scope, aggregator)}`;
  });
  return [...bySource.values()].flatMap((members) => toSource(estate, members) ?? []);
}

function toSource(estate: Estate, nodes: readonly ExportableNode[]): ExportSource | undefined {
  const [first] = nodes;
  if (!first) return undefined;
  const resolved = resolve(estate, first);
  if ('aggregator' in first) {
    const { aggregator } = first;
    const rows = nodes.flatMap((node) => (node.kind === 'row' ? node.row : []));
    const isWhole = rows.length < nodes.length;
    const packs = rows.map(({ pack, account, region }) => ({ pack, account, region }));
    return { ...resolved, aggregator, ...(!isWhole && { packs }) } satisfies AggregatorSource;
  }
  const names = nodes.flatMap((node) => (node.kind === 'pack' ? node.pack.name : []));
  const isWhole = names.length < nodes.length;
  return { ...resolved, ...(!isWhole && { packs: names }) } satisfies ScopeSource;
}
