import type { AggregatedPack, PackRef } from '../../compliance/packRef.ts';
import { getResolvedConnections } from '../../compliance/queries/lookup.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { TreeNode } from '../tree/model/nodes.ts';
import type { ResourceRef } from './packParts.ts';

/** Replaces an aggregated pack by the connection's own pack if a connection reads its account and region. */
export function resolvePackRef(stores: readonly ConnectionStore[], aggregatedPack: AggregatedPack): PackRef {
  const { account, region, pack: name } = aggregatedPack.row;
  const resolved = stores
    .flatMap(getResolvedConnections)
    .find(({ scope }) => scope.account === account && scope.region === region);
  return resolved ? { connection: resolved.store.connection, scope: resolved.scope, name } : aggregatedPack;
}

/** The pack of a node that is a pack, a rule or a resource of it, or an aggregator's row; undefined for other nodes. */
export function getPackOfNode(stores: readonly ConnectionStore[], node: TreeNode): PackRef | undefined {
  if ('pack' in node) return { connection: node.connection, scope: node.scope, name: node.pack.name };
  if (node.kind !== 'row') return undefined;
  const { row, readAt, aggregator, connection } = node;
  return resolvePackRef(stores, { connection, aggregator: aggregator.name, row, readAt });
}

/** The rule of a rule node; the rule and the resource of an evaluation node. */
export function getRuleOfNode(node: TreeNode): [rule?: string, resource?: ResourceRef] {
  if (node.kind === 'rule') return [node.rule.name];
  if (node.kind !== 'evaluation') return [];
  const { rule, resourceType, resourceId } = node.evaluation;
  return [rule, { type: resourceType, id: resourceId }];
}
