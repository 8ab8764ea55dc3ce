import * as vscode from 'vscode';
import { showError } from '../shared/messages.ts';

/** Runs a command for a button of a panel, and shows its error: commands throw for callers with arguments. */
export async function runPanelCommand(command: string, args: object): Promise<void> {
  try {
    await vscode.commands.executeCommand(command, args);
  } catch (thrown) {
    void showError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Picks the values of these names, in the order of the names. Leaves out unknown names. */
export function pickByName<T extends { readonly name: string }>(values: readonly T[], names: readonly string[]): T[] {
  const byName = new Map(values.map((value) => [value.name, value]));
  return names.flatMap((name) => byName.get(name) ?? []);
}
