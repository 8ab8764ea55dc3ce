import { commands, extensions, window } from 'vscode';
import { outputPrefix } from '../../support/extensionHost/outputPrefix.ts';
import { eventually, until } from '../../support/polling.ts';
import type { Activation } from '../activation.ts';

/** Called by VS Code in its extension host. Prints the times that VS Code reports for what it activates when a window opens. */
export async function run(): Promise<void> {
  await waitUntilActivated();
  await commands.executeCommand('perfview.show');
  const text = await until('the table of activations', () => {
    const text = window.activeTextEditor?.document.getText();
    return text && /^\| packscope\.packscope /m.test(text) ? text : undefined;
  });
  const activations = [...text.matchAll(row)].map(
    ([, id = '', load, call, finish]): Activation => ({
      id,
      load: Number(load),
      call: Number(call),
      finish: Number(finish),
    }),
  );
  console.log(outputPrefix + JSON.stringify(activations));
}

/** A row of the table: `| id | eager | load | call | finish | event | by |`. */
const row = /^\| ([\w-]+\.[\w.-]+) +\| (?:true|false) +\| (\d+) +\| (\d+) +\| (\d+) +\|/gm;

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
