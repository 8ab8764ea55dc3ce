import * as vscode from 'vscode';
import { filterProblem } from '../../compliance/filter.ts';
import { asRecord } from '../../compliance/unknown.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { isTreeNode, type TreeNode } from '../tree/model/nodes.ts';
import { choosePack } from './choosePack.ts';
import { type LinkedPack, linkOf } from './link.ts';
import { copy } from './packButtons.ts';
import { placeAndName } from './packRefs.ts';
import type { Palette } from './palette.ts';

/** Copies the name of what was clicked, the one that is given, or that of a pack that the person picks. */
export async function copyName(palette: Palette, args: unknown): Promise<string | undefined> {
  if (isTreeNode(args)) return copied(nameOf(args));
  const asked = parseArguments(args, ['name', 'account', 'region']);
  const problem = asked && filterProblem('name', asked.name);
  if (problem) throw new Error(`name: ${problem}`);
  if (asked) return copied(asked.name);
  const pack = await choosePack(palette, 'Copy Name', undefined);
  return copied(pack && placeAndName(pack).name);
}

/** Copies a deployed pack's ARN. */
export async function copyArn(palette: Palette, args: unknown): Promise<string | undefined> {
  const pack = await choosePack(palette, 'Copy Pack ARN', args);
  if (!pack || 'row' in pack) return undefined;
  const list = palette.estate.store(pack.connection).packsWith(pack.name);
  const arn = list.rows.find(({ name }) => name === pack.name)?.deployment?.arn;
  if (arn === undefined) throw new Error(`The ARN of ${pack.name} is not known: its deployment could not be read.`);
  return copied(arn);
}

/** Copies a link that opens the pack's panel for whoever may read its account. */
export async function copyLink(palette: Palette, args: unknown): Promise<string | undefined> {
  // The menu of a panel gives what its page says of itself.
  const asked = asRecord(args).linked ?? args;
  const { name, account, region } = parseArguments(asked, ['name', 'account', 'region']) ?? {};
  if (name !== undefined && account !== undefined && region !== undefined) return link({ name, account, region });
  const pack = await choosePack(palette, 'Copy Link', asked);
  return pack && link(placeAndName(pack));
}

const link = (pack: LinkedPack): Promise<string | undefined> => copied(linkOf(vscode.env.uriScheme, pack));

async function copied(text: string | undefined): Promise<string | undefined> {
  if (text !== undefined) await copy(text);
  return text;
}

function nameOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'pack':
      return node.pack.name;
    case 'row':
      return node.row.pack;
    case 'rule':
      return node.rule.name;
    case 'evaluation':
      return node.evaluation.resourceId;
    default:
      return undefined;
  }
}
