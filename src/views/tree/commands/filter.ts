import * as vscode from 'vscode';
import { describeFilter, type Filter, isFiltered, parseFilter } from '../../../compliance/filter.ts';
import { nameProblem, SavedFilters } from '../filterStorage.ts';
import { isTreeNode } from '../model/nodes.ts';
import type { PacksTree } from '../packsTree.ts';
import { askPart, type FilterPart, filterParts, pickKeys } from './filterParts.ts';

/** Sets one part of the filter or a saved one, asking which; or the whole of it: a filter, or `{ saved }`. */
export async function filter(tree: PacksTree, storage: vscode.Memento, args: unknown): Promise<void> {
  const saved = new SavedFilters(storage);
  const chosen = filterGiven(saved, args) ?? (await askFilter(tree, saved));
  if (chosen) tree.show({ filter: chosen });
}

function filterGiven(saved: SavedFilters, args: unknown): Filter | undefined {
  if (typeof args !== 'object' || args === null || isTreeNode(args)) return undefined;
  const [[key, value] = [], ...others] = Object.entries(args);
  if (key === undefined) return {};
  if (key === 'saved' && others.length === 0) return saved.get(String(value));
  const filter = parseFilter(args);
  if (!filter)
    throw new Error('Give a filter of compliance, scoreBelow, name, nameContains, account, region; or saved.');
  return filter;
}

interface Item extends vscode.QuickPickItem {
  /** The filter that the item stands for; undefined where the person turned away. */
  readonly choose?: () => Promise<Filter | undefined>;
  readonly remove?: () => Promise<void>;
}

const trash: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Remove' };

function askFilter(tree: PacksTree, saved: SavedFilters): Promise<Filter | undefined> {
  const current = tree.model.query.filter;
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = 'Filter Conformance Packs';
  picker.placeholder = 'What to filter by';
  const offer = () => {
    picker.items = [...filterParts.map((part) => partItem(part, current, tree)), ...savedItems(current, saved)];
  };
  offer();
  picker.onDidTriggerItemButton(async ({ item }) => {
    await item.remove?.();
    offer();
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      // What is asked next takes this picker's place.
      picker.hide();
      resolve(item?.choose?.());
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

const partItem = (part: FilterPart, current: Filter, tree: PacksTree): Item => ({
  label: part.label,
  description: describeFilter(pickKeys(current, part.keys)),
  choose: () => askPart(part, current, tree),
});

function savedItems(current: Filter, saved: SavedFilters): Item[] {
  const items = saved.all.map(
    ([name, filter]): Item => ({
      label: name,
      description: describeFilter(filter),
      iconPath: new vscode.ThemeIcon('bookmark'),
      buttons: [trash],
      choose: async () => filter,
      remove: () => saved.remove(name),
    }),
  );
  const save: Item = {
    label: 'Save Current Filter…',
    description: describeFilter(current),
    choose: () => saveAs(current, saved),
  };
  const all = isFiltered(current) ? [...items, save] : items;
  return all.length > 0 ? [{ label: 'Saved filters', kind: vscode.QuickPickItemKind.Separator }, ...all] : [];
}

/** The filter stays as it is: only its name is asked. */
async function saveAs(current: Filter, saved: SavedFilters): Promise<undefined> {
  const name = await vscode.window.showInputBox({
    title: 'Save Current Filter',
    prompt: 'A filter of the same name is replaced.',
    value: describeFilter(current).slice(0, 64).trim(),
    validateInput: (text) => nameProblem(text.trim()),
  });
  if (name !== undefined) await saved.save(name.trim(), current);
  return undefined;
}
