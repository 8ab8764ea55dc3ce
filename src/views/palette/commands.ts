import * as vscode from 'vscode';
import { aggregatorsOf, unreadOf } from '../../compliance/lookup.ts';
import { refuseUnread } from '../../compliance/unread.ts';
import { parseGiven } from '../given.ts';
import { type PackAnswer, packAnswer, type RowAnswer, rowAnswer } from './answers.ts';
import { choosePack } from './choosePack.ts';
import { deedsOf, showInConsole } from './deeds.ts';
import type { Question } from './line.ts';
import { NonCompliant, nonCompliantRows } from './nonCompliant.ts';
import { failed, lowest, OwnPacks, packsFor } from './ownPacks.ts';
import type { Palette } from './palette.ts';
import { ask } from './picker.ts';

export { copyArn, copyLink, copyName } from './copy.ts';

export async function openPack(palette: Palette, given: unknown): Promise<void> {
  const pack = await choosePack(palette, 'Open Pack', given);
  if (pack) await palette.open(pack);
}

export async function openInConsole(palette: Palette, given: unknown): Promise<void> {
  const pack = await choosePack(palette, 'Open in Console', given);
  if (pack) await showInConsole(pack);
}

/** Returns the packs that `{ name?, account?, region? }` finds, and shows the one of a name in the tree; else asks. */
export async function findPack(palette: Palette, given: unknown): Promise<readonly PackAnswer[] | undefined> {
  const query = packsFor('Find Conformance Pack');
  const asked = parseGiven(given, ['name', 'account', 'region']);
  if (!asked) return openAnswer(palette, new OwnPacks(palette, query));
  const question = new OwnPacks(palette, query, asked);
  const packs = await answered(question);
  const [only] = question.packs;
  if (asked.name === undefined) return packs;
  if (only && packs.length === 1) await palette.reveal(only.connection, asked.name);
  else if (!only) void vscode.window.showInformationMessage(`No pack ${asked.name} is deployed where you read.`);
  return packs;
}

/** Returns the packs of `{ account?, region?, below?, limit? }`, worst score first; else asks. */
export async function lowestScores(palette: Palette, given: unknown): Promise<readonly PackAnswer[] | undefined> {
  const asked = parseGiven(given, ['account', 'region', 'below', 'limit']);
  if (!asked) return openAnswer(palette, new OwnPacks(palette, lowest));
  const { below, limit } = asked;
  const packs = await answered(new OwnPacks(palette, lowest, asked));
  return packs.filter(({ score }) => below === undefined || (score !== undefined && score < below)).slice(0, limit);
}

/** Returns the packs of `{ account?, region? }` whose deployment failed; else asks. */
export async function failedDeployments(palette: Palette, given: unknown): Promise<readonly PackAnswer[] | undefined> {
  const asked = parseGiven(given, ['account', 'region']);
  return asked ? answered(new OwnPacks(palette, failed, asked)) : openAnswer(palette, new OwnPacks(palette, failed));
}

/** Returns the non-compliant rows of `{ aggregator, account?, region?, limit? }`; else asks. */
export async function nonCompliantPacks(palette: Palette, given: unknown): Promise<readonly RowAnswer[] | undefined> {
  const asked = parseGiven(given, ['aggregator', 'account', 'region', 'limit']);
  if (!asked) return openAnswer(palette, new NonCompliant(palette));
  const { aggregator, limit, ...place } = asked;
  if (aggregator === undefined) throw new Error('aggregator: Give an aggregator’s name.');
  const { found, unread } = await aggregatorsOf(palette.lists(), aggregator);
  refuseUnread(found.length === 0 ? unread : []);
  if (found.length === 0) throw new Error(`No aggregator ${aggregator} can be read from your accounts and regions.`);
  const lists = found.map((owned) => ({ ...owned, list: nonCompliantRows(owned, place) }));
  await Promise.all(lists.map(({ list }) => (limit === undefined ? list.all() : list.upTo(limit))));
  refuseUnread(lists.flatMap(({ known, list }) => unreadOf(known, 'the rows', list.errors)));
  return lists.flatMap(({ list }) => list.rows.map((row) => rowAnswer(row, list.readAt))).slice(0, limit);
}

async function answered(question: OwnPacks): Promise<readonly PackAnswer[]> {
  await question.read();
  refuseUnread(question.missing);
  return question.packs.map(packAnswer);
}

/** What the person picks opens; nothing is returned. */
async function openAnswer(palette: Palette, question: Question): Promise<undefined> {
  const pack = await ask(question, palette.estate, deedsOf(palette));
  if (pack) await palette.open(pack);
  return undefined;
}
