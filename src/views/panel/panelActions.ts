import * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import { showError } from '../shared/messages.ts';

/** Runs a command for a button of a panel, and shows its error: commands throw for callers with arguments. */
export async function runPanelCommand(command: string, args: object): Promise<void> {
  try {
    await vscode.commands.executeCommand(command, args);
  } catch (thrown) {
    void showError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Opens a rule in the AWS console. `linked`: the pack, as in the context of the panel's menu. */
export const openRule = (linked: object, rule: string): Promise<void> =>
  runPanelCommand(commandIds.openInConsole, { linked, rule });

/** Opens a resource in the AWS console, likewise. */
export const openResource = (linked: object, resource: { readonly type: string; readonly id: string }): Promise<void> =>
  runPanelCommand(commandIds.openInConsole, { linked, resource });

/** Picks the values of these names, in the order of the names. Leaves out unknown names. */
export function pickByName<T extends { readonly name: string }>(values: readonly T[], names: readonly string[]): T[] {
  const byName = new Map(values.map((value) => [value.name, value]));
  return names.flatMap((name) => byName.get(name) ?? []);
}
