import * as vscode from 'vscode';
import { matchesScope } from '../../compliance/filter.ts';
import { isAggregated } from '../../compliance/packRef.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { validate } from '../../compliance/validation.ts';
import { commandIds } from '../../manifest.ts';
import { choosePack } from '../palette/choosePack.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { offerChoices, showInformation } from '../shared/messages.ts';
import { pickItems } from '../shared/quickPicks.ts';
import { isTreeNode } from '../tree/model/nodes.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import type { MutedPack, MutedPacks } from './mutedPacks.ts';

/** The storage of muted packs, and the tree that shows which packs are muted. */
export interface MuteDependencies {
  readonly mutedPacks: MutedPacks;
  readonly tree: PacksTree;
}

/** Mutes the pack of a tree node, the pack that the arguments name, or one that the user picks. */
export async function mutePack(
  dependencies: MuteDependencies,
  commandContext: PackCommandContext,
  args: unknown,
): Promise<void> {
  const pack = await choosePack(commandContext, 'Mute Notifications', args);
  if (pack?.connection.isSample) void showInformation('There are no notifications about sample data.');
  else if (pack && !isAggregated(pack)) await setMuted(dependencies, [pack], true);
}

/**
 * Unmutes the pack of a tree node, the packs that `{ name, account?, region? }` names, the pack of the active panel, or
 * packs that the user picks.
 */
export async function unmutePack(
  dependencies: MuteDependencies,
  commandContext: PackCommandContext,
  args: unknown,
): Promise<void> {
  if (isTreeNode(args)) {
    if (args.kind === 'pack') await setMuted(dependencies, [{ scope: args.scope, name: args.pack.name }], false);
    return;
  }
  const { all } = dependencies.mutedPacks;
  const named = parseArguments(args ?? (await commandContext.getActivePack()), [
    'name',
    'account',
    'region',
    'aggregator',
  ]);
  const problem = named && validate('name', named.name);
  if (problem) throw new Error(`name: ${problem}`);
  const muted = named ? all.filter(({ name, scope }) => name === named.name && matchesScope(named, scope)) : [];
  if (muted.length > 0) return setMuted(dependencies, muted, false);
  if (args && named) {
    void showInformation(`Notifications of ${named.name} are not muted.`);
    return;
  }
  if (all.length === 0) {
    void offerChoices('No packs are muted.', {
      'Mute a Pack…': () => vscode.commands.executeCommand(commandIds.mutePack),
    });
    return;
  }
  await setMuted(dependencies, await pickPacks('Unmute Notifications', all), false);
}

/** Mutes a single pack, or lets the user pick from several. */
export async function muteSome(dependencies: MuteDependencies, packs: readonly MutedPack[]): Promise<void> {
  const picked = packs.length === 1 ? packs : await pickPacks('Mute Notifications', packs);
  await setMuted(dependencies, picked, true);
}

async function pickPacks(title: string, packs: readonly MutedPack[]): Promise<readonly MutedPack[]> {
  const items = packs.map((pack) => ({ label: pack.name, description: formatScope(pack.scope), pack }));
  const picked = await pickItems(items, { title, matchOnDescription: true });
  return (picked ?? []).map(({ pack }) => pack);
}

async function setMuted(
  { mutedPacks, tree }: MuteDependencies,
  packs: readonly MutedPack[],
  isMuted: boolean,
): Promise<void> {
  await mutedPacks.set(packs, isMuted);
  // A pack's context menu offers either Mute or Unmute.
  tree.updateQuery({});
}
