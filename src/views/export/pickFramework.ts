import { splitPackName } from '../../compliance/packName.ts';
import { validate } from '../../compliance/validation.ts';
import { type AllSources, selectFrameworkSources } from '../../reports/exportSources.ts';
import { promptForInput } from '../shared/messages.ts';
import { pickItem } from '../shared/quickPicks.ts';
import { createSourceOffer, type ExportOffer, type TreeView } from './treeExport.ts';

const title = 'Export One Framework';

/** Lets the user pick a framework among the loaded packs, or enter its name; undefined if the user cancels. */
export async function pickFramework(
  view: TreeView,
  { sources, failures }: AllSources,
): Promise<ExportOffer | undefined> {
  const framework = await pickName(findLoadedNames(view));
  if (framework === undefined) return undefined;
  return createSourceOffer(view, selectFrameworkSources(sources), { framework }, failures);
}

async function pickName(names: readonly string[]): Promise<string | undefined> {
  if (names.length === 0) return promptForName();
  const items = [
    ...names.map((label) => ({ label, pick: async () => label })),
    { label: 'Enter a Name…', alwaysShow: true, pick: promptForName },
  ];
  return (await pickItem<(typeof items)[number]>(items, { title, placeHolder: 'Packs loaded so far' }))?.pick();
}

const promptForName = (): Promise<string | undefined> =>
  promptForInput({
    title,
    prompt: 'The exact name, without what an organization adds to it',
    validateInput: (text) => validate('name', text),
  });

/** The names of all loaded packs, those of an organization's as in its template. */
function findLoadedNames({ estate, connections }: TreeView): readonly string[] {
  const names = new Set<string>();
  for (const store of estate.getStores(connections)) {
    for (const { name } of store.getLoadedPacks()) names.add(name);
    for (const list of store.getAggregateRowLists()) for (const { pack } of list.rows) names.add(pack);
  }
  return [...new Set([...names].map((name) => splitPackName(name).baseName))].sort();
}
