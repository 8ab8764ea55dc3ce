import { filterProblem } from '../../compliance/filter.ts';
import type { PackRef } from '../../compliance/packRef.ts';
import { resolveAggregators } from '../../compliance/queries/lookup.ts';
import { throwOnFailures } from '../../compliance/queries/unread.ts';
import { type CommandArguments, parseArguments } from '../shared/commandArguments.ts';
import { isTreeNode } from '../tree/model/nodes.ts';
import { PackQuery, packsFor } from './packQuery.ts';
import { packOfNode, packOfRow } from './packRefs.ts';
import type { Palette } from './palette.ts';

type NamedPack = Partial<Pick<CommandArguments, 'name' | 'account' | 'region' | 'aggregator'>>;

/**
 * The pack that a command is about: that of a node, the one that `{ name, account?, region?, aggregator? }` names, or
 * one that the person picks. Throws where an argument does not name exactly one.
 */
export async function choosePack(palette: Palette, title: string, args: unknown): Promise<PackRef | undefined> {
  if (isTreeNode(args)) return packOfNode(palette.stores(), args);
  const named = parseArguments(args, ['name', 'account', 'region', 'aggregator']);
  if (named) return packNamed(palette, named);
  const [{ pickPack }, { packButtons }] = await Promise.all([import('./picker.ts'), import('./packButtons.ts')]);
  return pickPack(new PackQuery(palette, packsFor(title)), palette.estate, packButtons(palette));
}

async function packNamed(palette: Palette, named: NamedPack): Promise<PackRef> {
  const problem = filterProblem('name', named.name);
  if (problem) throw new Error(`name: ${problem}`);
  const packs = named.aggregator === undefined ? await ownPacks(palette, named) : await rows(palette, named);
  const [pack, ...others] = packs;
  if (!pack) throw new Error(`No pack ${named.name} is deployed in the accounts and regions that you read.`);
  if (others.length > 0) throw new Error(`${named.name} is in ${packs.length} places: give account and region, too.`);
  return pack;
}

async function ownPacks(palette: Palette, named: NamedPack): Promise<readonly PackRef[]> {
  const question = new PackQuery(palette, packsFor(''), named);
  await question.read();
  if (question.packs.length === 0) throwOnFailures(question.missing);
  return question.packs.map(({ connection, scope, pack }) => ({ connection, scope, name: pack.name }));
}

async function rows(palette: Palette, { name, account, region, aggregator }: NamedPack): Promise<readonly PackRef[]> {
  const { results, failures } = await resolveAggregators(palette.stores(), aggregator);
  if (results.length === 0) throwOnFailures(failures);
  const place = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const lists = results.map(({ store, aggregator }) => ({
    connection: store.connection,
    aggregator: aggregator.name,
    list: store.rows(aggregator.name, { ...(name !== undefined && { pack: name }), ...place }),
  }));
  await Promise.all(lists.map(({ list }) => list.loadAll()));
  throwOnFailures(
    lists.flatMap(({ connection, list }) => list.errors.map((error) => ({ connection, what: 'the rows', error }))),
  );
  return lists.flatMap(({ connection, aggregator, list }) =>
    list.rows.map((row) => packOfRow(palette.stores(), { connection, aggregator, row, readAt: list.readAt })),
  );
}
