import type * as vscode from 'vscode';
import type { Filter } from '../../../compliance/filter.ts';
import { complianceTypes } from '../../../compliance/model.ts';
import { formatCompliance } from '../../../compliance/text/states.ts';
import { validate } from '../../../compliance/validation.ts';
import { promptForInput } from '../../shared/messages.ts';
import { createQuickPick, pickItem, toPlainItem } from '../../shared/quickPicks.ts';
import type { PacksTree } from '../packsTree.ts';

/** A part of the filter that the picker offers. `prompt` resolves to undefined if the user cancels. */
export interface FilterPart {
  readonly label: string;
  readonly keys: readonly (keyof Filter)[];
  readonly prompt: (current: Filter, tree: PacksTree) => Promise<Filter | undefined>;
}

export const filterParts: readonly FilterPart[] = [
  { label: 'Compliance State…', keys: ['compliance'], prompt: pickCompliance },
  { label: 'Score Below…', keys: ['scoreBelow'], prompt: promptForScore },
  { label: 'Pack Name…', keys: ['name', 'nameContains'], prompt: pickName },
  { label: 'Account…', keys: ['account'], prompt: ({ account }) => promptForText('account', account) },
  { label: 'Region…', keys: ['region'], prompt: ({ region }) => promptForText('region', region) },
];

/** The current filter with one part replaced by the user's input; undefined if the user cancels. */
export async function promptForPart(part: FilterPart, current: Filter, tree: PacksTree): Promise<Filter | undefined> {
  const value = await part.prompt(current, tree);
  const others = filterParts.flatMap((each) => (each === part ? [] : each.keys));
  return value && { ...pickKeys(current, others), ...value };
}

async function pickCompliance(): Promise<Filter | undefined> {
  const items = complianceTypes.map((compliance) => ({ label: formatCompliance(compliance), compliance }));
  const picked = await pickItem(items, { title: 'Compliance State' });
  return picked && { compliance: picked.compliance };
}

async function promptForScore({ scoreBelow }: Filter): Promise<Filter | undefined> {
  const prompt = 'Enter a number from 0 to 100. Only packs in the scopes of your connections have a score.';
  const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
  const text = await promptForInput({
    title: 'Score Below',
    prompt,
    value: scoreBelow === undefined ? '' : String(scoreBelow),
    validateInput: (value) => validate('scoreBelow', toNumber(value)),
  });
  return text === undefined ? undefined : { scoreBelow: toNumber(text) };
}

async function promptForText(key: 'account' | 'region', current = ''): Promise<Filter | undefined> {
  const title = key === 'account' ? 'Account' : 'Region';
  const validateInput = (value: string) => validate(key, value.trim());
  const text = await promptForInput({ title, value: current, validateInput });
  return text === undefined ? undefined : { [key]: text.trim() };
}

/** AWS Config filters by exact names only; a part of a name is searched in the loaded packs. */
function pickName({ name, nameContains }: Filter, tree: PacksTree): Promise<Filter | undefined> {
  const loadedNames = [...tree.model.loadedNodes()].flatMap(({ node }) =>
    node.kind === 'pack' ? [node.pack.name] : [],
  );
  const picker = createQuickPick<vscode.QuickPickItem & { readonly filter: Filter }>();
  const updateItems = (typed: string) => {
    const text = typed.trim();
    const contains = { label: `Contains “${text}”`, description: 'among loaded packs', filter: { nameContains: text } };
    const names = validate('name', text) ? loadedNames : [...new Set([...loadedNames, text])];
    const exact = names.map((each) => ({ label: each, description: 'exact name', filter: { name: each } }));
    picker.items = (text === '' ? exact : [{ ...contains, alwaysShow: true }, ...exact]).map(toPlainItem);
  };
  picker.title = 'Pack Name';
  picker.placeholder = 'Part of a name, or an exact name';
  picker.value = nameContains ?? name ?? '';
  updateItems(picker.value);
  picker.onDidChangeValue(updateItems);
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.filter);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

export const pickKeys = (filter: Filter, keys: readonly (keyof Filter)[]): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([key]) => keys.some((each) => each === key)));
