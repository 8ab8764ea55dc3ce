import * as vscode from 'vscode';
import { formatScope } from '../../compliance/text/format.ts';
import { choosePack } from '../palette/choosePack.ts';
import type { Palette } from '../palette/palette.ts';
import { isTreeNode } from '../tree/model/nodes.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import { Muted, type MutedPack } from './mutedPacks.ts';

/** Tells no more of a pack: of the node that was clicked, of one by name, or of one that the person picks. */
export async function mutePack(
  { globalState }: vscode.ExtensionContext,
  palette: Palette,
  tree: PacksTree,
  args: unknown,
): Promise<void> {
  const pack = await choosePack(palette, 'Mute Notifications', args);
  if (pack && 'scope' in pack) await setMuted(tree, new Muted(globalState), [pack], true);
}

/** Tells of a pack again: of the node that was clicked, or of those that the person picks. */
export async function unmutePack(
  { globalState }: vscode.ExtensionContext,
  tree: PacksTree,
  args: unknown,
): Promise<void> {
  const muted = new Muted(globalState);
  if (isTreeNode(args)) {
    if (args.kind === 'pack') await setMuted(tree, muted, [{ scope: args.scope, name: args.pack.name }], false);
    return;
  }
  if (muted.all.length === 0) {
    void vscode.window.showInformationMessage('No pack is muted.');
    return;
  }
  await setMuted(tree, muted, await pickPacks('Unmute Notifications', muted.all), false);
}

/** Mutes a pack, or those that the person picks of several. */
export async function muteSome(tree: PacksTree, muted: Muted, packs: readonly MutedPack[]): Promise<void> {
  await setMuted(tree, muted, packs.length === 1 ? packs : await pickPacks('Mute Notifications', packs), true);
}

async function pickPacks(title: string, packs: readonly MutedPack[]): Promise<readonly MutedPack[]> {
  const items = packs.map((pack) => ({
    label: pack.name,
    description: formatScope(pack.scope),
    pack,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true, matchOnDescription: true });
  return (chosen ?? []).map(({ pack }) => pack);
}

/** The tree is drawn anew: a pack's menu offers the other of the two. */
async function setMuted(tree: PacksTree, muted: Muted, packs: readonly MutedPack[], on: boolean): Promise<void> {
  for (const { scope, name } of packs) await muted.set(scope, name, on);
  tree.show({});
}
