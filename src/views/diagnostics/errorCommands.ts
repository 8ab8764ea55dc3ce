import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { formatPolicy } from '../../compliance/text/policy.ts';
import { commandIds } from '../../manifest.ts';
import { offerChoices, showInformation } from '../shared/messages.ts';
import { pickItem } from '../shared/quickPicks.ts';
import { settings } from '../shared/settings.ts';
import { type ActionOf, collectActions, parseAction } from './errorArguments.ts';

/** Opens the file that an error, the arguments or the user name, with the wrong line selected. */
export async function openFile(estate: Estate, args: unknown): Promise<void> {
  const action = await chooseAction('openFile', estate, args, ({ file, line }) => ({
    label: file,
    description: `line ${line}`,
  }));
  if (!action) return;
  const position = new vscode.Position(action.line - 1, 0);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(action.file));
  const { range } = document.lineAt(document.validatePosition(position));
  await vscode.window.showTextDocument(document, { selection: range });
}

/** Opens the setting that an error, the arguments or the user name. */
export async function openSetting(estate: Estate, args: unknown): Promise<void> {
  const action = await chooseAction('openSetting', estate, args, ({ setting }) => ({ label: setting }));
  if (action) await vscode.commands.executeCommand('workbench.action.openSettings', action.setting);
}

/** Copies an IAM policy with the missing permissions of an error or of the arguments; without either, with all that are missing. */
export async function copyPolicy(estate: Estate, args: unknown): Promise<void> {
  const actions = args ? [parseAction('copyPolicy', args)] : collectActions('copyPolicy', getErrors(estate));
  const permissions = [...new Set(actions.flatMap((action) => action?.permissions ?? []))];
  if (permissions.length === 0) {
    void offerLog('No missing permission is known.');
    return;
  }
  await vscode.env.clipboard.writeText(formatPolicy(permissions));
  void showInformation(`IAM policy copied to the clipboard. It allows ${permissions.join(', ')}.`);
}

/** The action of the arguments, or one that the user picks among those of the current errors. */
async function chooseAction<Kind extends 'openFile' | 'openSetting'>(
  kind: Kind,
  estate: Estate,
  args: unknown,
  toItem: (action: ActionOf<Kind>) => vscode.QuickPickItem,
): Promise<ActionOf<Kind> | undefined> {
  if (args) return parseAction(kind, args);
  const actions = collectActions(kind, getErrors(estate));
  if (actions.length === 0) void offerLog(`No error names a ${kind === 'openFile' ? 'file' : 'setting'}.`);
  if (actions.length <= 1) return actions[0];
  return (
    await pickItem(
      actions.map((action) => ({ ...toItem(action), action })),
      {},
    )
  )?.action;
}

/** The log lists all errors. */
const offerLog = (text: string): Promise<void> =>
  offerChoices(text, { 'Show Log': () => vscode.commands.executeCommand(commandIds.showLog) });

const getErrors = (estate: Estate) =>
  estate.getStores(settings.connections()).flatMap((store) => [...store.lists()].flatMap(({ errors }) => errors));
