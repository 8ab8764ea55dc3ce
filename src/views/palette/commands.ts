import * as vscode from 'vscode';
import { resolveAggregators, toReadFailures } from '../../compliance/queries/lookup.ts';
import { throwOnFailures } from '../../compliance/queries/unread.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { choosePack } from './choosePack.ts';
import type { PickerQuery } from './line.ts';
import { NonCompliantQuery, nonCompliantRows } from './nonCompliantQuery.ts';
import { packButtons, showInConsole } from './packButtons.ts';
import { failed, lowest, PackQuery, packsFor } from './packQuery.ts';
import type { Palette } from './palette.ts';
import { pickPack } from './picker.ts';
import { type PackResult, type RowResult, toPackResult, toRowResult } from './results.ts';

export { copyArn, copyLink, copyName } from './copy.ts';

export async function openPack(palette: Palette, args: unknown): Promise<void> {
  const pack = await choosePack(palette, 'Open Pack', args);
  if (pack) await palette.open(pack);
}

export async function openInConsole(palette: Palette, args: unknown): Promise<void> {
  const pack = await choosePack(palette, 'Open in Console', args);
  if (pack) await showInConsole(pack);
}

/** Returns the packs that `{ name?, account?, region? }` finds, and shows the one of a name in the tree; else asks. */
export async function findPack(palette: Palette, args: unknown): Promise<readonly PackResult[] | undefined> {
  const query = packsFor('Find Conformance Pack');
  const asked = parseArguments(args, ['name', 'account', 'region']);
  if (!asked) return openAnswer(palette, new PackQuery(palette, query));
  const question = new PackQuery(palette, query, asked);
  const packs = await answered(question);
  const [only] = question.packs;
  if (asked.name === undefined) return packs;
  if (only && packs.length === 1) await palette.reveal(only.connection, asked.name);
  else if (!only) void vscode.window.showInformationMessage(`No pack ${asked.name} is deployed where you read.`);
  return packs;
}

/** Returns the packs of `{ account?, region?, below?, limit? }`, worst score first; else asks. */
export async function lowestScores(palette: Palette, args: unknown): Promise<readonly PackResult[] | undefined> {
  const asked = parseArguments(args, ['account', 'region', 'below', 'limit']);
  if (!asked) return openAnswer(palette, new PackQuery(palette, lowest));
  const { below, limit } = asked;
  const packs = await answered(new PackQuery(palette, lowest, asked));
  return packs.filter(({ score }) => below === undefined || (score !== undefined && score < below)).slice(0, limit);
}

/** Returns the packs of `{ account?, region? }` whose deployment failed; else asks. */
export async function failedDeployments(palette: Palette, args: unknown): Promise<readonly PackResult[] | undefined> {
  const asked = parseArguments(args, ['account', 'region']);
  return asked ? answered(new PackQuery(palette, failed, asked)) : openAnswer(palette, new PackQuery(palette, failed));
}

/** Returns the non-compliant rows of `{ aggregator, account?, region?, limit? }`; else asks. */
export async function nonCompliantPacks(palette: Palette, args: unknown): Promise<readonly RowResult[] | undefined> {
  const asked = parseArguments(args, ['aggregator', 'account', 'region', 'limit']);
  if (!asked) return openAnswer(palette, new NonCompliantQuery(palette));
  const { aggregator, limit, ...place } = asked;
  if (aggregator === undefined) throw new Error('aggregator: Give an aggregator’s name.');
  const { results, failures } = await resolveAggregators(palette.stores(), aggregator);
  throwOnFailures(results.length === 0 ? failures : []);
  if (results.length === 0) throw new Error(`No aggregator ${aggregator} can be read from your accounts and regions.`);
  const lists = results.map((owned) => ({ ...owned, list: nonCompliantRows(owned, place) }));
  await Promise.all(lists.map(({ list }) => (limit === undefined ? list.loadAll() : list.loadUpTo(limit))));
  throwOnFailures(lists.flatMap(({ store, list }) => toReadFailures(store, 'the rows', list.errors)));
  return lists.flatMap(({ list }) => list.rows.map((row) => toRowResult(row, list.readAt))).slice(0, limit);
}

async function answered(question: PackQuery): Promise<readonly PackResult[]> {
  await question.read();
  throwOnFailures(question.missing);
  return question.packs.map(toPackResult);
}

/** What the person picks opens; nothing is returned. */
async function openAnswer(palette: Palette, question: PickerQuery): Promise<undefined> {
  const pack = await pickPack(question, palette.estate, packButtons(palette));
  if (pack) await palette.open(pack);
  return undefined;
}
