import * as vscode from 'vscode';
import type { PackLocation } from '../../compliance/packRef.ts';
import { resolveConnections } from '../../compliance/queries/lookup.ts';
import type { ReadFailure } from '../../compliance/queries/readFailures.ts';
import { formatConnection } from '../../compliance/source.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { commandIds } from '../../manifest.ts';
import { confirm, showError } from '../shared/messages.ts';
import type { PackCommandContext } from './packCommandContext.ts';
import { parseLink } from './packLink.ts';
import type { LinkTarget } from './packLocation.ts';

/**
 * Opens the pack of a link, at its rule if it has one. A link never adds a connection: if none covers the pack, the user
 * can select one.
 */
export async function openLink(commandContext: PackCommandContext, uri: vscode.Uri): Promise<void> {
  try {
    const location = parseLink(uri.path, uri.query);
    const { results, failures } = await resolveConnections(commandContext.getStores(), location);
    if (results.length > 0 || (await offerToSelectConnections(location, failures)))
      await openPackAt(commandContext, location);
  } catch (thrown) {
    void showError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Opens the pack if a connection covers its account and region. */
async function openPackAt(
  { getStores, open }: PackCommandContext,
  { name, rule, ...scopeFilter }: LinkTarget,
): Promise<void> {
  const [resolved] = (await resolveConnections(getStores(), scopeFilter)).results;
  if (resolved) await open({ connection: resolved.store.connection, scope: resolved.scope, name }, { showRule: rule });
}

/** Returns whether the user opened the selection of connections. */
async function offerToSelectConnections(
  { name, account, region }: PackLocation,
  failures: readonly ReadFailure[],
): Promise<boolean> {
  const select = 'Select Connections…';
  const reasons = failures.map(
    ({ connection, error }) => `${formatConnection(connection)}: ${describeError(error).title}.`,
  );
  const choice = await confirm(
    `The link is to pack ${name} in account ${account} and region ${region}, which none of your connections covers.`,
    [...new Set(reasons)].join('\n'),
    select,
  );
  if (choice === select) await vscode.commands.executeCommand(commandIds.selectConnections);
  return choice === select;
}
