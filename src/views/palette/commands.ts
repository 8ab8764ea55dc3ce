import { parseArguments } from '../shared/commandArguments.ts';
import { showInformation } from '../shared/messages.ts';
import { choosePack } from './choosePack.ts';
import { FindQuery } from './findQuery.ts';
import { NonCompliantQuery } from './nonCompliantQuery.ts';
import { openPackInConsole } from './packButtons.ts';
import { createAnyPackOptions, failedDeploymentsOptions, lowestScoresOptions, PackQuery } from './packQuery.ts';
import type { Palette } from './palette.ts';
import { pickPack } from './picker.ts';
import type { PickerQuery } from './pickerQuery.ts';
import { readNonCompliantRows, readPacks } from './readResults.ts';
import { type PackResult, type RowResult, toPackResult } from './results.ts';

export { showOrganizationPacks } from '../rollout/showOrganizationPacks.ts';
export { copyArn, copyLink, copyName } from './copy.ts';

export async function openPack(palette: Palette, args: unknown): Promise<void> {
  const pack = await choosePack(palette, 'Open Pack', args);
  if (pack) await palette.open(pack);
}

/** Opens a pack that is selected in the tree: in the same panel as the pack before, unless that is kept. */
export async function previewPack(palette: Palette, args: unknown): Promise<void> {
  const pack = await choosePack(palette, 'Preview Pack', args);
  if (pack) await palette.open(pack, { isPreview: true });
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
  if (!filter) return pickAndOpen(palette, new FindQuery(palette));
  const packs = await readPacks(palette, options, filter);
  const results = packs.map(toPackResult);
  if (filter.name === undefined) return results;
  const [pack] = packs;
  if (pack && packs.length === 1) await palette.reveal(pack.connection, filter.name);
  else if (!pack) void showInformation(`Your connections have no pack ${filter.name}.`);
  return results;
}

/** Returns the packs of `{ account?, region?, below?, limit? }`, lowest score first. Without arguments, shows a picker. */
export async function lowestScores(palette: Palette, args: unknown): Promise<readonly PackResult[] | undefined> {
  const filter = parseArguments(args, ['account', 'region', 'below', 'limit']);
  if (!filter) return pickAndOpen(palette, new PackQuery(palette, lowestScoresOptions));
  const { below, limit, ...scopeFilter } = filter;
  const packs = await readPacks(palette, lowestScoresOptions, scopeFilter);
  const results = packs.map(toPackResult);
  return results.filter(({ score }) => below === undefined || (score !== undefined && score < below)).slice(0, limit);
}

/** Returns the packs of `{ account?, region? }` with a failed deployment. Without arguments, shows a picker. */
export async function failedDeployments(palette: Palette, args: unknown): Promise<readonly PackResult[] | undefined> {
  const filter = parseArguments(args, ['account', 'region']);
  if (!filter) return pickAndOpen(palette, new PackQuery(palette, failedDeploymentsOptions));
  return (await readPacks(palette, failedDeploymentsOptions, filter)).map(toPackResult);
}

/** Returns the non-compliant rows of `{ aggregator, account?, region?, limit? }`. Without arguments, shows a picker. */
export async function nonCompliantPacks(palette: Palette, args: unknown): Promise<readonly RowResult[] | undefined> {
  const filter = parseArguments(args, ['aggregator', 'account', 'region', 'limit']);
  if (!filter) return pickAndOpen(palette, new NonCompliantQuery(palette));
  const { aggregator, ...rowFilter } = filter;
  if (aggregator === undefined) throw new Error('aggregator: Enter the name of an aggregator.');
  return readNonCompliantRows(palette, aggregator, rowFilter);
}

/** Opens the pack that the user picks. */
async function pickAndOpen(palette: Palette, query: PickerQuery): Promise<undefined> {
  const pack = await pickPack(palette, query);
  if (pack) await palette.open(pack);
  return undefined;
}
