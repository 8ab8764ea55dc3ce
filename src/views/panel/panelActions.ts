import * as vscode from 'vscode';
import { type Connection, getConnectionKey } from '../../compliance/source.ts';
import { settings } from '../shared/settings.ts';

/** A connection that is not configured must not be used: it may come from a workspace that is no longer trusted. */
export function isConfigured(connection: Connection): boolean {
  const key = getConnectionKey(connection);
  return settings.connections().some((each) => getConnectionKey(each) === key);
}

/** Opens a page in the browser, if there is one. */
export async function openExternal(url: string | undefined): Promise<void> {
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url));
}

/** Picks the values of these names, in the order of the names. Leaves out unknown names. */
export function pickByName<T extends { readonly name: string }>(values: readonly T[], names: readonly string[]): T[] {
  const byName = new Map(values.map((value) => [value.name, value]));
  return names.flatMap((name) => byName.get(name) ?? []);
}
