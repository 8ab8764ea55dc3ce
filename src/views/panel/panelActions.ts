import * as vscode from 'vscode';

/** Opens a page in the browser, if there is one. */
export async function openExternal(url: string | undefined): Promise<void> {
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url));
}

/** Picks the values of these names, in the order of the names. Leaves out unknown names. */
export function pickByName<T extends { readonly name: string }>(values: readonly T[], names: readonly string[]): T[] {
  const byName = new Map(values.map((value) => [value.name, value]));
  return names.flatMap((name) => byName.get(name) ?? []);
}
