import type { AggregatedPack, PackRef } from '../../compliance/packRef.ts';
import { resolvedConnections } from '../../compliance/queries/lookup.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { TreeNode } from '../tree/model/nodes.ts';
import type { LinkedPack } from './link.ts';

/** A row's pack, by the connection that answers for its place, where there is one. */
export function packOfRow(stores: readonly ConnectionStore[], aggregated: AggregatedPack): PackRef {
  const { account, region, pack: name } = aggregated.row;
  const owned = stores
    .flatMap(resolvedConnections)
    .find(({ scope }) => scope.account === account && scope.region === region);
  return owned ? { connection: owned.store.connection, scope: owned.scope, name } : aggregated;
}

/** The pack that a node is about. */
export function packOfNode(stores: readonly ConnectionStore[], node: TreeNode): PackRef | undefined {
  if (node.kind === 'pack') return { connection: node.connection, scope: node.scope, name: node.pack.name };
  if (node.kind !== 'row') return undefined;
  const { row, readAt, aggregator, connection } = node;
  return packOfRow(stores, { connection, aggregator: aggregator.name, row, readAt });
}

/** Account, region and name of a pack. */
export const placeAndName = (target: PackRef): LinkedPack =>
  'row' in target
    ? { name: target.row.pack, account: target.row.account, region: target.row.region }
    : { name: target.name, account: target.scope.account, region: target.scope.region };
