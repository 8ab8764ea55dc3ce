import * as vscode from 'vscode';
import type { PackOrder } from '../../../compliance/source.ts';
import { type Grouping, groupings } from '../nodes.ts';
import type { PacksTree } from '../packsTree.ts';

const orders: readonly (vscode.QuickPickItem & { readonly order: PackOrder })[] = [
  { label: 'Score, Worst First', order: { by: 'score', descending: false } },
  { label: 'Score, Best First', order: { by: 'score', descending: true } },
  { label: 'Name, A to Z', order: { by: 'name', descending: false } },
  { label: 'Name, Z to A', order: { by: 'name', descending: true } },
];

/** Sorts packs by what the person picks, or as `given` says: `{ by: 'score' | 'name', descending }`. */
export async function sort(tree: PacksTree, given: unknown): Promise<void> {
  const asked = Object(given) as { by?: unknown; descending?: unknown };
  const { by, descending } = tree.model.query.order;
  const chosen =
    orders.find(({ order }) => order.by === asked.by && order.descending === (asked.descending === true)) ??
    (await vscode.window.showQuickPick(
      orders.map((item) => marked(item, item.order.by === by && item.order.descending === descending)),
      { title: 'Sort Packs' },
    ));
  if (chosen) tree.show({ order: chosen.order });
}

const groupingLabels: Record<Grouping, string> = {
  account: 'Account',
  region: 'Region',
  status: 'Compliance State',
  pack: 'No Groups: Packs',
};

/** Groups aggregators by what the person picks, or as `given` says: `{ by: 'account' | 'region' | 'status' | 'pack' }`. */
export async function groupBy(tree: PacksTree, given: unknown): Promise<void> {
  const asked = Object(given) as { by?: unknown };
  const items = groupings.map((by) => marked({ label: groupingLabels[by], by }, by === tree.model.query.groupBy));
  const chosen =
    items.find(({ by }) => by === asked.by) ??
    (await vscode.window.showQuickPick(items, { title: 'Group Aggregators By' }));
  if (chosen) tree.show({ groupBy: chosen.by });
}

const marked = <T extends vscode.QuickPickItem>(item: T, current: boolean): T & vscode.QuickPickItem =>
  current ? { ...item, description: 'now' } : item;
