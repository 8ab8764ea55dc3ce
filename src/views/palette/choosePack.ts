import { filterProblem } from '../../compliance/filter.ts';
import { aggregatorsOf } from '../../compliance/lookup.ts';
import { refuseUnread } from '../../compliance/unread.ts';
import { type Given, isNode, parseGiven } from '../given.ts';
import { OwnPacks, packsFor } from './ownPacks.ts';
import type { Palette } from './palette.ts';
import { packOfNode, packOfRow, type Target } from './target.ts';

type NamedPack = Partial<Pick<Given, 'name' | 'account' | 'region' | 'aggregator'>>;

/**
 * The pack that a command is about: that of a node, the one that `{ name, account?, region?, aggregator? }` names, or
 * one that the person picks. Throws where an argument does not name exactly one.
 */
export async function choosePack(palette: Palette, title: string, given: unknown): Promise<Target | undefined> {
  if (isNode(given)) return packOfNode(palette.lists(), given);
  const named = parseGiven(given, ['name', 'account', 'region', 'aggregator']);
  if (named) return packNamed(palette, named);
  const [{ ask }, { deedsOf }] = await Promise.all([import('./picker.ts'), import('./deeds.ts')]);
  return ask(new OwnPacks(palette, packsFor(title)), palette.estate, deedsOf(palette));
}

async function packNamed(palette: Palette, named: NamedPack): Promise<Target> {
  const problem = filterProblem('name', named.name);
  if (problem) throw new Error(`name: ${problem}`);
  const packs = named.aggregator === undefined ? await ownPacks(palette, named) : await rows(palette, named);
  const [pack, ...others] = packs;
  if (!pack) throw new Error(`No pack ${named.name} is deployed in the accounts and regions that you read.`);
  if (others.length > 0) throw new Error(`${named.name} is in ${packs.length} places: give account and region, too.`);
  return pack;
}

async function ownPacks(palette: Palette, named: NamedPack): Promise<readonly Target[]> {
  const question = new OwnPacks(palette, packsFor(''), named);
  await question.read();
  if (question.packs.length === 0) refuseUnread(question.missing);
  return question.packs.map(({ connection, scope, pack }) => ({ connection, scope, name: pack.name }));
}

async function rows(palette: Palette, { name, account, region, aggregator }: NamedPack): Promise<readonly Target[]> {
  const { found, unread } = await aggregatorsOf(palette.lists(), aggregator);
  if (found.length === 0) refuseUnread(unread);
  const place = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const lists = found.map(({ known, aggregator }) => ({
    connection: known.connection,
    aggregator: aggregator.name,
    list: known.rows(aggregator.name, { ...(name !== undefined && { pack: name }), ...place }),
  }));
  await Promise.all(lists.map(({ list }) => list.all()));
  refuseUnread(
    lists.flatMap(({ connection, list }) => list.errors.map((error) => ({ connection, what: 'the rows', error }))),
  );
  return lists.flatMap(({ connection, aggregator, list }) =>
    list.rows.map((row) => packOfRow(palette.lists(), { connection, aggregator, row, readAt: list.readAt })),
  );
}
