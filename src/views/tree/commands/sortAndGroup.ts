import type * as vscode from 'vscode';
import { type Grouping, groupings } from '../../../compliance/grouping.ts';
import type { PackOrder } from '../../../compliance/source.ts';
import { pickItem } from '../../shared/quickPicks.ts';
import { isTreeNode } from '../model/nodes.ts';
import type { TreeCommandContext } from './treeCommandContext.ts';

const orders: readonly (vscode.QuickPickItem & { readonly order: PackOrder })[] = [
  { label: 'Score, Worst First', order: { by: 'score', descending: false } },
  { label: 'Score, Best First', order: { by: 'score', descending: true } },
  { label: 'Name, A to Z', order: { by: 'name', descending: false } },
  { label: 'Name, Z to A', order: { by: 'name', descending: true } },
];

/** Sorts packs by `{ by: 'score' | 'name', descending?: boolean }`, or as the user picks. */
export async function sort({ tree }: TreeCommandContext, args: unknown): Promise<void> {
  const { by, descending } = tree.model.query.order;
  const specified = parseOrderArgument(args);
  const picked = specified
    ? findOrThrow(
        orders,
        ({ order }) => order.by === specified.by && order.descending === (specified.descending === true),
        ['score', 'name'],
      )
    : await pickItem(
        orders.map((item) => markCurrent(item, item.order.by === by && item.order.descending === descending)),
        { title: 'Sort Packs', placeHolder: 'Below aggregators: by the share of rules or packs that pass' },
      );
  if (picked) tree.updateQuery({ order: picked.order });
}

const groupingLabels: Record<Grouping, string> = {
  account: 'Account',
  region: 'Region',
  status: 'Compliance State',
  pack: 'Pack',
  none: 'Ungrouped',
};

/** Groups aggregators by `{ by: 'account' | 'region' | 'status' | 'pack' | 'none' }`, or as the user picks. */
export async function groupBy({ tree }: TreeCommandContext, args: unknown): Promise<void> {
  const specified = parseOrderArgument(args);
  const items = groupings.map((by) => markCurrent({ label: groupingLabels[by], by }, by === tree.model.query.groupBy));
  const picked = specified
    ? findOrThrow(items, ({ by }) => by === specified.by, groupings)
    : await pickItem(items, { title: 'Group Aggregators By' });
  if (picked) tree.updateQuery({ groupBy: picked.by });
}

/** A command's argument, not validated yet. */
interface OrderArgument {
  readonly by?: unknown;
  readonly descending?: unknown;
}

const parseOrderArgument = (args: unknown): OrderArgument | undefined =>
  typeof args === 'object' && args !== null && !isTreeNode(args) ? args : undefined;

function findOrThrow<T>(items: readonly T[], isMatch: (item: T) => boolean, allowed: readonly string[]): T {
  const item = items.find(isMatch);
  if (item === undefined) throw new Error(`by: Specify one of ${allowed.join(', ')}.`);
  return item;
}

const markCurrent = <T extends vscode.QuickPickItem>(item: T, isCurrent: boolean): T & vscode.QuickPickItem =>
  isCurrent ? { ...item, description: 'current' } : item;
