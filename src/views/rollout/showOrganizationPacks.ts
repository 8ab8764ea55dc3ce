import { throwOnFailures } from '../../compliance/queries/readFailures.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { captureStores } from '../palette/readResults.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { isTreeNode } from '../tree/model/nodes.ts';
import { type RolloutResult, toRolloutResult } from './commandResults.ts';
import { showRollouts } from './rolloutPicker.ts';
import { RolloutQuery } from './rolloutQuery.ts';

/**
 * Returns the organization's packs of `{ name?, account?, region? }` with their rollout, worst first; account and region
 * are those of a connection. Rejects if any could not be read. Without arguments, shows a picker; for a node of the tree
 * with the packs of its connection.
 */
export async function showOrganizationPacks(
  commandContext: PackCommandContext,
  args: unknown,
): Promise<readonly RolloutResult[] | undefined> {
  const filter = parseArguments(args, ['name', 'account', 'region']);
  if (filter) {
    const query = new RolloutQuery(captureStores(commandContext).getStores, filter, () => {});
    await query.run();
    throwOnFailures(query.getBlockingFailures());
    if (!query.hasConnection()) throw new Error('None of your connections covers this account and region.');
    return query.getRollouts().map(toRolloutResult);
  }
  const { connection } = isTreeNode(args) && 'connection' in args ? args : {};
  await showRollouts(
    commandContext,
    connection ? () => [commandContext.estate.getStore(connection)] : commandContext.getStores,
  );
  return undefined;
}
