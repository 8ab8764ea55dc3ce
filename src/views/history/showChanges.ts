import * as vscode from 'vscode';
import type { Since } from '../../compliance/history/earlierTimes.ts';
import { parseSince } from '../../compliance/history/parseSince.ts';
import { formatReadFailure, type ReadFailure, throwOnFailures } from '../../compliance/queries/readFailures.ts';
import { formatChangesDocument } from '../../compliance/text/changesText.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { formatLink } from '../palette/packLink.ts';
import { captureStores } from '../palette/readResults.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { offerChoices, runWithProgress } from '../shared/messages.ts';
import { canLoadMore, findComparable, type ReadChanges, readChanges } from './changesReader.ts';
import { type ScopeChangesResult, toChangesResult } from './changesResult.ts';
import { showMarkdown } from './markdownDocuments.ts';
import { chooseSince, describeSince } from './sincePicker.ts';

/**
 * Shows what changed since `{ since?, account?, region? }` as a Markdown document, and returns it. `since` is a date,
 * `yesterday`, `week` or `lastVisit`, the default. Rejects if packs could not be read now. Without arguments, the user
 * picks the time; undefined if the user cancels.
 */
export async function showChanges(
  commandContext: PackCommandContext,
  args: unknown,
): Promise<readonly ScopeChangesResult[] | undefined> {
  const specified = parseArguments(args, ['since', 'account', 'region']);
  const { since: argument = 'lastVisit', ...filter } = specified ?? {};
  const { getStores } = captureStores(commandContext);
  const history = await commandContext.loadHistory();
  const comparable = await runWithProgress('Packscope: Looking for earlier readings', (signal) =>
    findComparable(history, getStores(), filter, signal),
  );
  if (specified || comparable.connections.length === 0) throwOnFailures(comparable.failures);
  if (comparable.connections.length === 0) throw new Error('None of your connections covers this account and region.');
  const now = Date.now();
  const visits = [...comparable.visits.values()].flat();
  const since = specified ? parseSince(argument) : await chooseSince(visits, now, history.startedAt);
  if (since === undefined) return undefined;
  const show = async (everything: boolean) => {
    const changes = await runWithProgress('Packscope: Comparing', (signal) =>
      readChanges(history, comparable, { since, now, everything }, signal),
    );
    if (specified) throwOnFailures(changes.failures);
    await showDocument(since, changes, comparable.failures);
    return changes.scopes;
  };
  const scopes = await show(false);
  if (!specified && canLoadMore(scopes)) {
    void offerChoices('Some of what was read then has not been loaded now, and is not compared.', {
      'Load Everything and Compare': () => show(true),
    });
  }
  return scopes.map(toChangesResult);
}

async function showDocument(
  since: Since,
  { scopes, failures }: ReadChanges,
  earlierFailures: readonly ReadFailure[],
): Promise<void> {
  const title = `Changes since ${describeSince(since)}`;
  const text = formatChangesDocument({
    title,
    scopes,
    failures: [...earlierFailures, ...failures].map(formatReadFailure),
    writtenAt: Date.now(),
    getLink: (pack) => formatLink(vscode.env.uriScheme, pack),
  });
  await showMarkdown(title, text);
}
