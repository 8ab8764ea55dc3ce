import * as vscode from 'vscode';
import type { PackOrder } from '../../../compliance/source.ts';
import { type Grouping, groupings, isTreeNode } from '../model/nodes.ts';
import type { PacksTree } from '../packsTree.ts';

const orders: readonly (vscode.QuickPickItem & { readonly order: PackOrder })[] = [
  { label: 'Score, Worst First', order: { by: 'score', descending: false } },
  { label: 'Score, Best First', order: { by: 'score', descending: true } },
  { label: 'Name, A to Z', order: { by: 'name', descending: false } },
  { label: 'Name, Z to A', order: { by: 'name', descending: true } },
];

/** Sorts packs by what the person picks, or as `given` says: `{ by: 'score' | 'name', descending }`. */
export async function sort(tree: PacksTree, args: unknown): Promise<void> {
  const { by, descending } = tree.model.query.order;
  const asked = argument(args);
  const chosen = asked
    ? known(
        orders,
        ({ order }) => order.by === asked.by && order.descending === (asked.descending === true),
        'score, name',
      )
    : await vscode.window.showQuickPick(
        orders.map((item) => marked(item, item.order.by === by && item.order.descending === descending)),
        { title: 'Sort Packs' },
      );
  if (chosen) tree.show({ order: chosen.order });
}

const groupingLabels: Record<Grouping, string> = {
  account: 'Account',
  region: 'Region',
  status: 'Compliance State',
  pack: 'No Groups: Packs',
};

/** Groups aggregators by what the person picks, or as `given` says: `{ by: 'account' | 'region' | 'status' | 'pack' }`. */
export async function groupBy(tree: PacksTree, args: unknown): Promise<void> {
  const asked = argument(args);
  const items = groupings.map((by) => marked({ label: groupingLabels[by], by }, by === tree.model.query.groupBy));
  const chosen = asked
    ? known(items, ({ by }) => by === asked.by, groupings.join(', '))
    : await vscode.window.showQuickPick(items, { title: 'Group Aggregators By' });
  if (chosen) tree.show({ groupBy: chosen.by });
}

interface Arrangement {
  readonly by?: unknown;
  readonly descending?: unknown;
}

/** What a keybinding or a task gave; a node of a menu is none. */
const argument = (args: unknown): Arrangement | undefined =>
  typeof args === 'object' && args !== null && !isTreeNode(args) ? args : undefined;

function known<T>(items: readonly T[], isIt: (item: T) => boolean, words: string): T {
  const item = items.find(isIt);
  if (item === undefined) throw new Error(`by: Give one of ${words}.`);
  return item;
}

const marked = <T extends vscode.QuickPickItem>(item: T, current: boolean): T & vscode.QuickPickItem =>
  current ? { ...item, description: 'now' } : item;
