import type { Filter } from '../../../compliance/filter.ts';
import { complianceTypes, type SummaryKey } from '../../../compliance/model.ts';
import { formatCompliance } from '../../../compliance/text/states.ts';
import { validate } from '../../../compliance/validation.ts';
import { promptForInput } from '../../shared/messages.ts';
import { pickItem } from '../../shared/quickPicks.ts';
import { settings } from '../../shared/settings.ts';
import type { PacksTree } from '../packsTree.ts';
import { createNameItems } from './nameSuggestions.ts';
import { pickSuggestion } from './pickSuggestion.ts';
import { createScopeItems, loadScopes } from './scopeSuggestions.ts';

/** A part of the filter that the picker offers. `prompt` resolves to undefined if the user cancels. */
export interface FilterPart {
  readonly label: string;
  readonly keys: readonly (keyof Filter)[];
  readonly prompt: (current: Filter, tree: PacksTree) => Promise<Filter | undefined>;
}

const namePart: FilterPart = { label: 'Pack Name…', keys: ['name', 'nameContains'], prompt: pickName };

export const filterParts: readonly FilterPart[] = [
  { label: 'Compliance State…', keys: ['compliance'], prompt: pickCompliance },
  { label: 'Score Below…', keys: ['scoreBelow'], prompt: promptForScore },
  namePart,
  { label: 'Account…', keys: ['account'], prompt: ({ account }, tree) => pickScope('account', account, tree) },
  { label: 'Region…', keys: ['region'], prompt: ({ region }, tree) => pickScope('region', region, tree) },
];

/** The current filter with one part replaced by the user's input; undefined if the user cancels. */
export async function promptForPart(part: FilterPart, current: Filter, tree: PacksTree): Promise<Filter | undefined> {
  const value = await part.prompt(current, tree);
  return value && replacePart(part, current, value);
}

/** The current filter with a part of the name in place of its name. */
export const replaceName = (current: Filter, nameContains: string): Filter =>
  replacePart(namePart, current, { nameContains });

function replacePart(part: FilterPart, current: Filter, value: Filter): Filter {
  const others = filterParts.flatMap((each) => (each === part ? [] : each.keys));
  return { ...pickKeys(current, others), ...value };
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

/** Suggests the accounts or regions of all connections and aggregators. Any other can be typed. */
async function pickScope(
  by: SummaryKey,
  current: string | undefined,
  { model }: PacksTree,
): Promise<Filter | undefined> {
  const accountNames = settings.accountNames();
  const value = await pickSuggestion({
    title: by === 'account' ? 'Account' : 'Region',
    placeholder: by === 'account' ? 'Part of a name or ID, or a 12-digit ID' : 'Part of a region',
    text: current ?? '',
    createItems: (text, isLoading) => createScopeItems(model.getStores(), { by, text, accountNames, isLoading }),
    load: (signal) => loadScopes(model.getStores(), by, signal),
  });
  return value === undefined ? undefined : { [by]: value };
}

/**
 * AWS Config filters by exact names only; a part of a name is searched in the loaded packs. The part is the default: an
 * exact name has to be selected.
 */
function pickName({ name, nameContains }: Filter, tree: PacksTree): Promise<Filter | undefined> {
  const loadedNames = [...tree.model.loadedNodes()].flatMap(({ node }) =>
    node.kind === 'pack' ? [node.pack.name] : [],
  );
  return pickSuggestion({
    title: 'Pack Name',
    placeholder: 'Part of a name, or an exact name',
    text: nameContains ?? name ?? '',
    createItems: (text) => createNameItems(text, loadedNames),
  });
}

export const pickKeys = (filter: Filter, keys: readonly (keyof Filter)[]): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([key]) => keys.some((each) => each === key)));
