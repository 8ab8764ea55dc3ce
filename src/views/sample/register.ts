import type * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import { isSampleShown } from '../shared/sampleMode.ts';
import type { SampleDependencies } from './sampleCommands.ts';

/** Each command has the name of its function in `sampleCommands.ts`, which is loaded when the first of them runs. */
const commandNames = ['exploreSampleData', 'leaveSampleData'] as const;

/** Registers the commands that show sample data and leave it. */
export function registerSample(context: vscode.ExtensionContext, dependencies: SampleDependencies): void {
  const load = () => import('./sampleCommands.ts');
  context.subscriptions.push(
    ...commandNames.map((name) =>
      registerCommand(commandIds[name], async (args) => (await load())[name](context, dependencies, args)),
    ),
  );
  if (isSampleShown()) void load().then(({ markSample }) => markSample(dependencies));
}
