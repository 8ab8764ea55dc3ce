import * as vscode from 'vscode';
import { complianceWord, type Filter, filterProblem } from '../../../compliance/filter.ts';
import { complianceTypes } from '../../../compliance/model.ts';
import type { PacksTree } from '../packsTree.ts';

/** A part of the filter as the picker offers it; `ask` gives undefined where the person turned away. */
export interface FilterPart {
  readonly label: string;
  readonly keys: readonly (keyof Filter)[];
  readonly ask: (current: Filter, tree: PacksTree) => Promise<Filter | undefined>;
}

export const filterParts: readonly FilterPart[] = [
  { label: 'Compliance State…', keys: ['compliance'], ask: askCompliance },
  { label: 'Score Below…', keys: ['scoreBelow'], ask: askScore },
  { label: 'Pack Name…', keys: ['name', 'nameContains'], ask: askName },
  { label: 'Account…', keys: ['account'], ask: ({ account }) => askPlace('account', account) },
  { label: 'Region…', keys: ['region'], ask: ({ region }) => askPlace('region', region) },
];

/** The part's value as the person gives it, in place of what it was; undefined where they turned away. */
export async function askPart(part: FilterPart, current: Filter, tree: PacksTree): Promise<Filter | undefined> {
  const value = await part.ask(current, tree);
  const others = filterParts.flatMap((each) => (each === part ? [] : each.keys));
  return value && { ...pickKeys(current, others), ...value };
}

async function askCompliance(): Promise<Filter | undefined> {
  const items = complianceTypes.map((compliance) => ({ label: complianceWord(compliance), compliance }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Compliance State' });
  return picked && { compliance: picked.compliance };
}

async function askScore({ scoreBelow }: Filter): Promise<Filter | undefined> {
  const prompt = 'Packs of your own scopes whose published score is below this (0–100).';
  const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
  const text = await vscode.window.showInputBox({
    title: 'Score Below',
    prompt,
    value: scoreBelow === undefined ? '' : String(scoreBelow),
    validateInput: (value) => filterProblem('scoreBelow', toNumber(value)),
  });
  return text === undefined ? undefined : { scoreBelow: toNumber(text) };
}

async function askPlace(key: 'account' | 'region', current = ''): Promise<Filter | undefined> {
  const title = key === 'account' ? 'Account' : 'Region';
  const validateInput = (value: string) => filterProblem(key, value.trim());
  const text = await vscode.window.showInputBox({ title, value: current, validateInput });
  return text === undefined ? undefined : { [key]: text.trim() };
}

/** A whole name is found by the service, a part of one only among what is loaded: the person says which is meant. */
function askName({ name, nameContains }: Filter, tree: PacksTree): Promise<Filter | undefined> {
  const known = [...tree.model.known()].flatMap(({ node }) => (node.kind === 'pack' ? [node.pack.name] : []));
  const picker = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly filter: Filter }>();
  const offer = (typed: string) => {
    const text = typed.trim();
    const part = { label: `Contains “${text}”`, description: 'among loaded packs', filter: { nameContains: text } };
    const whole = filterProblem('name', text) ? known : [...new Set([...known, text])];
    const exact = whole.map((each) => ({ label: each, description: 'this pack alone', filter: { name: each } }));
    picker.items = text === '' ? exact : [{ ...part, alwaysShow: true }, ...exact];
  };
  picker.title = 'Pack Name';
  picker.placeholder = 'A part of a name, or a whole one';
  picker.value = nameContains ?? name ?? '';
  offer(picker.value);
  picker.onDidChangeValue(offer);
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
