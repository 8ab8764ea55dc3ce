import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds, contextKeys, viewId } from '../../manifest.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { offerChoices } from '../shared/messages.ts';
import { isSampleShown, setSampleShown } from '../shared/sampleMode.ts';
import { restoreFilter } from '../tree/lastFilter.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import { openSampleTemplate } from './openSampleTemplate.ts';

export interface SampleDependencies {
  readonly estate: Estate;
  readonly tree: PacksTree;
  /** Reads the sample, with its templates by file name. */
  readonly openSample: () => Promise<{ readonly templates: Readonly<Record<string, string>> }>;
}

/** Shows sample data instead of the connections, and with `{ template: true }` a template that names its packs. */
export async function exploreSampleData(
  context: vscode.ExtensionContext,
  dependencies: SampleDependencies,
  args: unknown,
): Promise<void> {
  const { template } = parseArguments(args, ['template']) ?? {};
  if (!isSampleShown()) {
    await changeMode(context, dependencies, true);
  }
  await vscode.commands.executeCommand(`${viewId}.focus`);
  if (template) await openSampleTemplate(context, (await dependencies.openSample()).templates);
  else void offerNextSteps();
}

/** Shows the connections again. Does nothing unless sample data is shown. */
export async function leaveSampleData(
  context: vscode.ExtensionContext,
  dependencies: SampleDependencies,
): Promise<void> {
  if (!isSampleShown()) {
    void offerChoices('No sample data is shown.', {
      'Explore Sample Data': () => vscode.commands.executeCommand(commandIds.exploreSampleData),
    });
    return;
  }
  await changeMode(context, dependencies, false);
}

/** Says in the view whether it shows sample data. */
export async function markSample({ tree }: SampleDependencies): Promise<void> {
  const isShown = isSampleShown();
  await vscode.commands.executeCommand('setContext', contextKeys.sampleData, isShown);
  tree.showTitle(isShown ? 'Sample Data' : 'Conformance Packs');
}

async function changeMode(
  context: vscode.ExtensionContext,
  dependencies: SampleDependencies,
  isShown: boolean,
): Promise<void> {
  await setSampleShown(context.workspaceState, isShown);
  // Ends all loads, so that nothing of the connections is read while sample data is shown.
  dependencies.estate.reset();
  dependencies.tree.updateQuery({ filter: await restoreFilter(context.workspaceState) });
  await markSample(dependencies);
}

function offerNextSteps(): Promise<void> {
  return offerChoices('This is sample data of a made-up organization. Nothing is read from AWS while it is shown.', {
    'Open a Template': () => vscode.commands.executeCommand(commandIds.exploreSampleData, { template: true }),
    'Leave Sample Data': () => vscode.commands.executeCommand(commandIds.leaveSampleData),
  });
}
