import type { ConnectionLists } from '../../compliance/connectionLists.ts';
import { ownedOf } from '../../compliance/lookup.ts';
import type { AggregatedPack, OwnPack } from '../panel/target.ts';
import type { TreeNode } from '../tree/nodes.ts';
import type { LinkedPack } from './link.ts';

/** A pack, by the connection that answers for its place or else by the aggregator that tells of it. */
export type Target = OwnPack | AggregatedPack;

/** A row's pack, by the connection that answers for its place, where there is one. */
export function packOfRow(lists: readonly ConnectionLists[], aggregated: AggregatedPack): Target {
  const { account, region, pack: name } = aggregated.row;
  const owned = lists.flatMap(ownedOf).find(({ scope }) => scope.account === account && scope.region === region);
  return owned ? { connection: owned.known.connection, scope: owned.scope, name } : aggregated;
}

/** The pack that a node is about. */
export function packOfNode(lists: readonly ConnectionLists[], node: TreeNode): Target | undefined {
  if (node.kind === 'pack') return { connection: node.connection, scope: node.scope, name: node.pack.name };
  if (node.kind !== 'row') return undefined;
  const { row, readAt, aggregator, connection } = node;
  return packOfRow(lists, { connection, aggregator: aggregator.name, row, readAt });
}

/** Account, region and name of a pack. */
export const placeAndName = (target: Target): LinkedPack =>
  'row' in target
    ? { name: target.row.pack, account: target.row.account, region: target.row.region }
    : { name: target.name, account: target.scope.account, region: target.scope.region };
