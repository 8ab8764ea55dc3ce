import * as vscode from 'vscode';
import { asRecord } from '../../compliance/unknownValues.ts';
import { validate } from '../../compliance/validation.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { isTreeNode, type TreeNode } from '../tree/model/nodes.ts';
import { choosePack } from './choosePack.ts';
import { copyText } from './packButtons.ts';
import { formatLink } from './packLink.ts';
import { getPackLocation, type PackLocation } from './packLocation.ts';
import type { Palette } from './palette.ts';

/** Copies the name of a tree node, the name in the arguments, or the name of a pack that the user picks. */
export async function copyName(palette: Palette, args: unknown): Promise<string | undefined> {
  if (isTreeNode(args)) return copyAndReturn(getNodeName(args));
  const location = parseArguments(args, ['name', 'account', 'region']);
  const problem = location && validate('name', location.name);
  if (problem) throw new Error(`name: ${problem}`);
  if (location) return copyAndReturn(location.name);
  const pack = await choosePack(palette, 'Copy Name', undefined);
  return copyAndReturn(pack && getPackLocation(pack).name);
}

/** Copies a deployed pack's ARN. */
export async function copyArn(palette: Palette, args: unknown): Promise<string | undefined> {
  const pack = await choosePack(palette, 'Copy Pack ARN', args);
  if (!pack || 'row' in pack) return undefined;
  const list = palette.estate.getStore(pack.connection).findPackList(pack.name);
  const arn = list.rows.find(({ name }) => name === pack.name)?.deployment?.arn;
  if (arn === undefined) throw new Error(`The ARN of ${pack.name} is not available: its deployment could not be read.`);
  return copyAndReturn(arn);
}

/** Copies a link that opens the pack's panel for everyone with access to the pack's account. */
export async function copyLink(palette: Palette, args: unknown): Promise<string | undefined> {
  // A panel's context menu passes the location in the member `linked` of its context.
  const linkArguments = asRecord(args).linked ?? args;
  const { name, account, region } = parseArguments(linkArguments, ['name', 'account', 'region']) ?? {};
  if (name !== undefined && account !== undefined && region !== undefined) {
    return copyLinkTo({ name, account, region });
  }
  const pack = await choosePack(palette, 'Copy Link', linkArguments);
  return pack && copyLinkTo(getPackLocation(pack));
}

const copyLinkTo = (location: PackLocation): Promise<string | undefined> =>
  copyAndReturn(formatLink(vscode.env.uriScheme, location));

async function copyAndReturn(text: string | undefined): Promise<string | undefined> {
  if (text !== undefined) await copyText(text);
  return text;
}

function getNodeName(node: TreeNode): string | undefined {
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
