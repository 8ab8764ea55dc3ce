import * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import { showError } from '../shared/messages.ts';

/** Opens a resource in the AWS console. `linked`: the pack, as in the context of the panel's menu. */
export async function openResource(linked: object, resource: { readonly type: string; readonly id: string }) {
  try {
    await vscode.commands.executeCommand(commandIds.openInConsole, { linked, resource });
  } catch (thrown) {
    void showError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Picks the values of these names, in the order of the names. Leaves out unknown names. */
export function pickByName<T extends { readonly name: string }>(values: readonly T[], names: readonly string[]): T[] {
  const byName = new Map(values.map((value) => [value.name, value]));
  return names.flatMap((name) => byName.get(name) ?? []);
}
