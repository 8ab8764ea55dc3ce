import { commands, type Extension, extensions, window } from 'vscode';
import { outputPrefix } from '../../support/extensionHost/outputPrefix.ts';
import { eventually, until } from '../../support/polling.ts';
import type { Activation } from '../activation.ts';

/** Called by VS Code in its extension host. Activates inactive extensions one by one, and prints the times that VS Code reports. */
export async function run(): Promise<void> {
  await waitUntilActivated();
  const inactive = extensions.all.filter(({ isActive, packageJSON }) => !isActive && packageJSON.main);
  for (const extension of shuffled(inactive)) await extension.activate().then(undefined, () => undefined);
  await commands.executeCommand('perfview.show');
  const text = await until('the table of activations', () => {
    const text = window.activeTextEditor?.document.getText();
    return text && /^\| packscope\.packscope /m.test(text) ? text : undefined;
  });
  const ids = inactive.map(({ id }) => id);
  const activations = [...text.matchAll(row)].flatMap(([, id = '', load, call, finish, by]): Activation[] =>
    ids.includes(id) && by === activatedBy
      ? [{ id, load: Number(load), call: Number(call), finish: Number(finish) }]
      : [],
  );
  console.log(outputPrefix + JSON.stringify(activations));
}

/** VS Code attributes activations by a test to the extension under test. */
const activatedBy = 'packscope.packscope';

/** A row of the table for an activation through the API: `| id | eager | load | call | finish | event | by |`. */
const row = /^\| ([\w.-]+) +\| false +\| (\d+) +\| (\d+) +\| (\d+) +\| api +\| ([\w.-]+) +\|$/gm;

/** Resolves when VS Code has activated no further extension for half a second. */
async function waitUntilActivated(): Promise<void> {
  let before = -1;
  await eventually(async () => {
    const active = extensions.all.filter(({ isActive }) => isActive).length;
    const isUnchanged = active === before;
    before = active;
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (!isUnchanged) throw new Error('Extensions are still being activated');
  });
}

/** Shuffles the order, because the first extension loads code that others use too. */
function shuffled(list: readonly Extension<unknown>[]): Extension<unknown>[] {
  return list
    .map((extension) => ({ extension, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ extension }) => extension);
}
