import * as vscode from 'vscode';
import { type ReadFailure, resolveConnections } from '../../compliance/queries/lookup.ts';
import { connectionLabel } from '../../compliance/source.ts';
import { errorTitle } from '../../compliance/text/errorMessages.ts';
import { commandIds } from '../../manifest.ts';
import { type LinkedPack, parseLink } from './link.ts';
import type { Palette } from './palette.ts';

/** Opens the pack of a link. A link adds no connection: where none answers for the place, the person is asked. */
export async function openLink(palette: Palette, uri: vscode.Uri): Promise<void> {
  try {
    const pack = parseLink(uri.path, uri.query);
    const { results, failures } = await resolveConnections(palette.stores(), pack);
    if (results.length > 0 || (await offerConnections(pack, failures))) await openThrough(palette, pack);
  } catch (thrown) {
    void vscode.window.showErrorMessage(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Opens the pack through the connection that answers for its place, where there is one. */
async function openThrough({ stores, open }: Palette, { name, ...place }: LinkedPack): Promise<void> {
  const [owned] = (await resolveConnections(stores(), place)).results;
  if (owned) await open({ connection: owned.store.connection, scope: owned.scope, name });
}

/** Whether the person has been to their connections. */
async function offerConnections(
  { name, account, region }: LinkedPack,
  failures: readonly ReadFailure[],
): Promise<boolean> {
  const select = 'Select Connections…';
  const reasons = failures.map(({ connection, error }) => `${connectionLabel(connection)}: ${errorTitle(error)}.`);
  const chosen = await vscode.window.showWarningMessage(
    `The link is to ${name} of account ${account} in ${region}, for which no connection of yours answers.`,
    { modal: true, detail: [...new Set(reasons)].join('\n') },
    select,
  );
  if (chosen === select) await vscode.commands.executeCommand(commandIds.selectConnections);
  return chosen === select;
}
