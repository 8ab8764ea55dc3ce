import { commands, type Extension, extensions, window } from 'vscode';
import { outputPrefix } from '../../support/extensionHost/outputPrefix.ts';
import { eventually, until } from '../../support/polling.ts';
import type { Activation } from '../activation.ts';

/** Called by VS Code in its extension host: activates what is not yet active, one by one, and prints what VS Code says of it. */
export async function run(): Promise<void> {
  await quiet();
  const inactive = extensions.all.filter(({ isActive, packageJSON }) => !isActive && packageJSON.main);
  for (const extension of shuffled(inactive)) await extension.activate().then(undefined, () => undefined);
  await commands.executeCommand('perfview.show');
  const text = await until('the table of activations', () => {
    const text = window.activeTextEditor?.document.getText();
    return text && /^\| packscope\.packscope /m.test(text) ? text : undefined;
  });
  const ids = inactive.map(({ id }) => id);
  const activations = [...text.matchAll(row)].flatMap(([, id = '', load, call, finish, by]): Activation[] =>
    ids.includes(id) && by === us ? [{ id, load: Number(load), call: Number(call), finish: Number(finish) }] : [],
  );
  console.log(outputPrefix + JSON.stringify(activations));
}

/** Whom VS Code takes us for: tests run in the name of the extension that is tested. */
const us = 'packscope.packscope';

/** `| id | eager | load | call | finish | event | by |`, of what was activated through the API. */
const row = /^\| ([\w.-]+) +\| false +\| (\d+) +\| (\d+) +\| (\d+) +\| api +\| ([\w.-]+) +\|$/gm;

/** What VS Code starts by itself has started, and nothing new for a while. */
async function quiet(): Promise<void> {
  let before = -1;
  await eventually(async () => {
    const active = extensions.all.filter(({ isActive }) => isActive).length;
    const settled = active === before;
    before = active;
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (!settled) throw new Error('Extensions are still being activated');
  });
}

/** No extension is always the first, which warms what others use too. */
function shuffled(list: readonly Extension<unknown>[]): Extension<unknown>[] {
  return list
    .map((extension) => ({ extension, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ extension }) => extension);
}
