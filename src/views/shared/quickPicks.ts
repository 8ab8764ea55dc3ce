import * as vscode from 'vscode';
import { toLabel } from '../../compliance/text/plainText.ts';

declare const plain: unique symbol;

/** A quick pick item that `toPlainItem` made. */
export type PlainItem<Item> = Item & { readonly [plain]: true };

/** Prepares an item. Its texts may contain data such as `$(name)`, which a quick pick would show as an icon. */
export function toPlainItem<Item extends vscode.QuickPickItem>(item: Item): PlainItem<Item> {
  const { label, description, detail } = item;
  return {
    ...item,
    label: toLabel(label),
    ...(description !== undefined && { description: toLabel(description) }),
    ...(detail !== undefined && { detail: toLabel(detail) }),
  } as PlainItem<Item>;
}

/** Creates a quick pick for further settings. */
export const createQuickPick = <Item extends vscode.QuickPickItem>(): vscode.QuickPick<PlainItem<Item>> =>
  vscode.window.createQuickPick<PlainItem<Item>>();

/** Lets the user pick an item; undefined if the user cancels. */
export async function pickItem<Item extends vscode.QuickPickItem>(
  items: readonly Item[] | Promise<readonly Item[]>,
  options: vscode.QuickPickOptions,
): Promise<Item | undefined> {
  const choices = Promise.resolve(items).then((all) => all.map(toChoice));
  return (await vscode.window.showQuickPick(choices, options))?.item;
}

/** Lets the user pick any number of items; undefined if the user cancels. */
export async function pickItems<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Promise<readonly Item[] | undefined> {
  const picked = await vscode.window.showQuickPick(items.map(toChoice), { ...options, canPickMany: true });
  return picked?.map(({ item }) => item);
}

const toChoice = <Item extends vscode.QuickPickItem>(item: Item) => ({
  ...toPlainItem<vscode.QuickPickItem>(item),
  item,
});
