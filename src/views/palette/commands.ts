import * as vscode from 'vscode';
import { resolveAggregators } from '../../compliance/queries/lookup.ts';
import { throwOnFailures, toReadFailures } from '../../compliance/queries/readFailures.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { choosePack } from './choosePack.ts';
import { getNonCompliantRows, NonCompliantQuery } from './nonCompliantQuery.ts';
import { openPackInConsole } from './packButtons.ts';
import { createAnyPackOptions, failedDeploymentsOptions, lowestScoresOptions, PackQuery } from './packQuery.ts';
import type { Palette } from './palette.ts';
import { pickPack } from './picker.ts';
import type { PickerQuery } from './pickerQuery.ts';
import { type PackResult, type RowResult, toPackResult, toRowResult } from './results.ts';

export { copyArn, copyLink, copyName } from './copy.ts';

export async function openPack(palette: Palette, args: unknown): Promise<void> {
  const pack = await choosePack(palette, 'Open Pack', args);
  if (pack) await palette.open(pack);
}

export async function openInConsole(palette: Palette, args: unknown): Promise<void> {
  const pack = await choosePack(palette, 'Open in Console', args);
  if (pack) await openPackInConsole(pack);
}

/**
 * Returns the packs that match `{ name?, account?, region? }` and reveals the only pack of a name in the tree. Shows a
 * picker if there are no arguments.
 */
export async function findPack(palette: Palette, args: unknown): Promise<readonly PackResult[] | undefined> {
  const options = createAnyPackOptions('Find Conformance Pack');
  const filter = parseArguments(args, ['name', 'account', 'region']);
  if (!filter) return pickAndOpen(palette, new PackQuery(palette, options));
  const query = new PackQuery(palette, options, filter);
  const results = await getPackResults(query);
  if (filter.name === undefined) return results;
  const [pack] = query.getPacks();
  if (pack && results.length === 1) await palette.reveal(pack.connection, filter.name);
  else if (!pack) void vscode.window.showInformationMessage(`Your connections have no pack ${filter.name}.`);
  return results;
}

/** Returns the packs of `{ account?, region?, below?, limit? }`, lowest score first. Without arguments, shows a picker. */
export async function lowestScores(palette: Palette, args: unknown): Promise<readonly PackResult[] | undefined> {
  const filter = parseArguments(args, ['account', 'region', 'below', 'limit']);
  if (!filter) return pickAndOpen(palette, new PackQuery(palette, lowestScoresOptions));
  const { below, limit, ...scopeFilter } = filter;
  const results = await getPackResults(new PackQuery(palette, lowestScoresOptions, scopeFilter));
  return results.filter(({ score }) => below === undefined || (score !== undefined && score < below)).slice(0, limit);
}

/** Returns the packs of `{ account?, region? }` with a failed deployment. Without arguments, shows a picker. */
export async function failedDeployments(palette: Palette, args: unknown): Promise<readonly PackResult[] | undefined> {
  const filter = parseArguments(args, ['account', 'region']);
  const query = new PackQuery(palette, failedDeploymentsOptions, filter);
  return filter ? getPackResults(query) : pickAndOpen(palette, query);
}

/** Returns the non-compliant rows of `{ aggregator, account?, region?, limit? }`. Without arguments, shows a picker. */
export async function nonCompliantPacks(palette: Palette, args: unknown): Promise<readonly RowResult[] | undefined> {
  const filter = parseArguments(args, ['aggregator', 'account', 'region', 'limit']);
  if (!filter) return pickAndOpen(palette, new NonCompliantQuery(palette));
  const { aggregator, limit, ...scopeFilter } = filter;
  if (aggregator === undefined) throw new Error('aggregator: Enter the name of an aggregator.');
  const { results, failures } = await resolveAggregators(palette.getStores(), aggregator);
  if (results.length === 0) {
    throwOnFailures(failures);
    throw new Error(`No aggregator ${aggregator} in the accounts and regions of your connections.`);
  }
  const lists = results.map((resolved) => ({ ...resolved, list: getNonCompliantRows(resolved, scopeFilter) }));
  await Promise.all(lists.map(({ list }) => (limit === undefined ? list.loadAll() : list.loadUpTo(limit))));
  throwOnFailures(
    lists.flatMap(({ store, list }) => toReadFailures(store, `the non-compliant packs of ${aggregator}`, list.errors)),
  );
  return lists.flatMap(({ list }) => list.rows.map((row) => toRowResult(row, list.readAt))).slice(0, limit);
}

async function getPackResults(query: PackQuery): Promise<readonly PackResult[]> {
  await query.run();
  throwOnFailures(query.getBlockingFailures());
  return query.getPacks().map(toPackResult);
}

/** Opens the pack that the user picks. */
async function pickAndOpen(palette: Palette, query: PickerQuery): Promise<undefined> {
  const pack = await pickPack(palette, query);
  if (pack) await palette.open(pack);
  return undefined;
}
