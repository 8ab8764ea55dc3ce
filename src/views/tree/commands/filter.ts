import * as vscode from 'vscode';
import { type Filter, isFiltered } from '../../../compliance/filter.ts';
import { parseFilter } from '../../../compliance/parseFilter.ts';
import { describeFilter } from '../../../compliance/text/filterText.ts';
import { promptForInput } from '../../shared/messages.ts';
import { createQuickPick, toPlainItem } from '../../shared/quickPicks.ts';
import { SavedFilters, validateFilterName } from '../filterStorage.ts';
import { isTreeNode } from '../model/nodes.ts';
import type { PacksTree } from '../packsTree.ts';
import { type FilterPart, filterParts, pickKeys, promptForPart, replaceName } from './filterParts.ts';
import type { TreeCommandContext } from './treeCommandContext.ts';

/** Applies the filter in `args`, the saved filter that `{ saved: name }` names, or what the user picks. */
export async function filter({ tree, globalState }: TreeCommandContext, args: unknown): Promise<void> {
  const saved = new SavedFilters(globalState);
  const picked = parseFilterArguments(saved, args) ?? (await pickFilter(tree, saved));
  if (picked) tree.updateQuery({ filter: picked });
}

function parseFilterArguments(saved: SavedFilters, args: unknown): Filter | undefined {
  if (typeof args !== 'object' || args === null || isTreeNode(args)) return undefined;
  const [[key, value] = [], ...others] = Object.entries(args);
  if (key === undefined) return {};
  if (key === 'saved' && others.length === 0) return saved.get(String(value));
  const filter = parseFilter(args);
  if (!filter) {
    throw new Error('Specify saved, or any of compliance, scoreBelow, name, nameContains, account and region.');
  }
  return filter;
}

interface Item extends vscode.QuickPickItem {
  /** The filter to apply; undefined if none, or if the user cancels. */
  readonly pick?: () => Promise<Filter | undefined>;
  readonly remove?: () => Promise<void>;
}

const trash: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Remove' };

function pickFilter(tree: PacksTree, saved: SavedFilters): Promise<Filter | undefined> {
  const current = tree.model.query.filter;
  const picker = createQuickPick<Item>();
  picker.title = 'Filter Conformance Packs';
  picker.placeholder = 'Select what to filter by, or type part of a name';
  // VS Code sorts matches by label. Its types lack this property, which keeps the order of the items.
  Object.assign(picker, { sortByLabel: false });
  const updateItems = () => {
    picker.items = [
      ...filterParts.map((part) => createPartItem(part, current, tree)),
      ...createSavedItems(current, saved),
      ...createNameItems(current, picker.value.trim()),
    ].map(toPlainItem);
  };
  updateItems();
  picker.onDidChangeValue(updateItems);
  picker.onDidTriggerItemButton(async ({ item }) => {
    await item.remove?.();
    updateItems();
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      // Enter may come before the item of the typed text.
      const [item = createNameItems(current, picker.value.trim()).at(-1)] = picker.selectedItems;
      // The next picker or input box takes the place of this one.
      picker.hide();
      resolve(item?.pick?.());
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

const createPartItem = (part: FilterPart, current: Filter, tree: PacksTree): Item => ({
  label: part.label,
  description: describeFilter(pickKeys(current, part.keys)),
  pick: () => promptForPart(part, current, tree),
});

/** The item for a part of a name, which VS Code shows whatever else matches it. Empty without a text. */
const createNameItems = (current: Filter, typed: string): Item[] =>
  typed === ''
    ? []
    : [
        { label: '', kind: vscode.QuickPickItemKind.Separator },
        {
          label: `Name contains “${typed}”`,
          description: 'among loaded packs',
          alwaysShow: true,
          pick: async () => replaceName(current, typed),
        },
      ];

function createSavedItems(current: Filter, saved: SavedFilters): Item[] {
  const items = saved.list().map(
    ([name, filter]): Item => ({
      label: name,
      description: describeFilter(filter),
      iconPath: new vscode.ThemeIcon('bookmark'),
      buttons: [trash],
      pick: async () => filter,
      remove: () => saved.remove(name),
    }),
  );
  const save: Item = {
    label: 'Save Current Filter…',
    description: describeFilter(current),
    pick: () => promptToSave(current, saved),
  };
  const section = isFiltered(current) ? [...items, save] : items;
  return section.length > 0 ? [{ label: 'Saved filters', kind: vscode.QuickPickItemKind.Separator }, ...section] : [];
}

/** Saves the current filter, which stays applied. */
async function promptToSave(current: Filter, saved: SavedFilters): Promise<undefined> {
  const name = await promptForInput({
    title: 'Save Current Filter',
    prompt: 'A saved filter with the same name is replaced.',
    value: describeFilter(current).slice(0, 64).trim(),
    validateInput: (text) => validateFilterName(text.trim()),
  });
  if (name !== undefined) await saved.save(name.trim(), current);
  return undefined;
}
