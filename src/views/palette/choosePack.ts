import type { PackRef } from '../../compliance/packRef.ts';
import { resolveAggregators } from '../../compliance/queries/lookup.ts';
import { getCancellations, throwOnFailures, toReadFailures } from '../../compliance/queries/readFailures.ts';
import { validate } from '../../compliance/validation.ts';
import { type CommandArguments, parseArguments } from '../shared/commandArguments.ts';
import { isTreeNode } from '../tree/model/nodes.ts';
import type { PackCommandContext } from './packCommandContext.ts';
import { createAnyPackOptions, PackQuery } from './packQuery.ts';
import { captureStores } from './readResults.ts';
import { getPackOfNode, resolvePackRef } from './resolvePackRef.ts';

type PackArguments = Partial<Pick<CommandArguments, 'name' | 'account' | 'region' | 'aggregator'>>;

/**
 * The pack that a command applies to: the pack of a tree node, the pack that the arguments
 * `{ name, account?, region?, aggregator? }` name, the pack of the active panel, or a pack that the user picks; undefined
 * if the user cancels. Throws if the arguments don't match exactly one pack.
 */
export async function choosePack(
  commandContext: PackCommandContext,
  title: string,
  args: unknown,
): Promise<PackRef | undefined> {
  if (isTreeNode(args)) return getPackOfNode(commandContext.getStores(), args);
  const target = args ?? (await commandContext.getActivePack());
  const packArguments = parseArguments(target, ['name', 'account', 'region', 'aggregator']);
  if (packArguments) return findPack(commandContext, packArguments);
  const { pickPack } = await import('./picker.ts');
  return pickPack(commandContext, new PackQuery(commandContext, createAnyPackOptions(title)));
}

async function findPack(commandContext: PackCommandContext, args: PackArguments): Promise<PackRef> {
  const problem = validate('name', args.name);
  if (problem) throw new Error(`name: ${problem}`);
  const packs =
    args.aggregator === undefined
      ? await findOwnPacks(commandContext, args)
      : await findAggregatedPacks(commandContext, args);
  const [pack, ...others] = packs;
  if (!pack) throw new Error(`No pack ${args.name} is deployed in the accounts and regions of your connections.`);
  if (others.length > 0) {
    throw new Error(`${packs.length} packs are named ${args.name}. Add account and region to the arguments.`);
  }
  return pack;
}

async function findOwnPacks(commandContext: PackCommandContext, args: PackArguments): Promise<readonly PackRef[]> {
  const query = new PackQuery(captureStores(commandContext), createAnyPackOptions(''), args);
  await query.run();
  const packs = query.getPacks();
  if (packs.length === 0) throwOnFailures(query.getBlockingFailures());
  return packs.map(({ connection, scope, pack }) => ({ connection, scope, name: pack.name }));
}

async function findAggregatedPacks(
  commandContext: PackCommandContext,
  { name, account, region, aggregator }: PackArguments,
): Promise<readonly PackRef[]> {
  const stores = commandContext.getStores();
  const { results, failures } = await resolveAggregators(stores, aggregator);
  if (results.length === 0) throwOnFailures(failures);
  const filter = {
    ...(name !== undefined && { pack: name }),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  };
  const lists = results.map(({ store, aggregator }) => ({
    store,
    aggregator: aggregator.name,
    list: store.getAggregateRows(aggregator.name, filter),
  }));
  await Promise.all(lists.map(({ list }) => list.loadAll()));
  throwOnFailures(
    lists.flatMap(({ store, aggregator, list }) => [
      ...toReadFailures(store, `the packs of ${aggregator}`, list.errors),
      ...getCancellations(store, `the packs of ${aggregator}`, list),
    ]),
  );
  return lists.flatMap(({ store: { connection }, aggregator, list: { rows, readAt } }) =>
    rows.map((row) => resolvePackRef(stores, { connection, aggregator, row, readAt })),
  );
}
