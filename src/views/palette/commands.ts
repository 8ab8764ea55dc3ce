import { isAggregated } from '../../compliance/packRef.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { showInformation } from '../shared/messages.ts';
import { isTreeNode } from '../tree/model/nodes.ts';
import { choosePack } from './choosePack.ts';
import { type PackResult, type RowResult, toPackResult } from './commandResults.ts';
import { FindQuery } from './findQuery.ts';
import { NonCompliantQuery } from './nonCompliantQuery.ts';
import { openPackInConsole } from './openInConsole.ts';
import type { PackCommandContext } from './packCommandContext.ts';
import { createAnyPackOptions, failedDeploymentsOptions, lowestScoresOptions, PackQuery } from './packQuery.ts';
import { getPanelArguments } from './panelArguments.ts';
import { pickPack } from './picker.ts';
import type { PickerQuery } from './pickerQuery.ts';
import { readNonCompliantRows, readPacks } from './readResults.ts';
import { getRuleOfNode } from './resolvePackRef.ts';

export { showChanges } from '../history/showChanges.ts';
export { showOrganizationPacks } from '../rollout/showOrganizationPacks.ts';
export { copyArn, copyLink, copyName } from './copy.ts';
export { copyMarkdown } from './copyMarkdown.ts';

/**
 * Opens the panel of the pack of a tree node, of the one that `{ name, account?, region?, aggregator?, rule? }` names, or
 * of one that the user picks, at the rule if there is one.
 */
export async function openPack(commandContext: PackCommandContext, args: unknown): Promise<void> {
  const { packArguments, rule } = splitDetail(args, ['rule']);
  // The pack of the active panel is open already.
  const pack = await choosePack(
    { ...commandContext, getActivePack: async () => undefined },
    'Open Pack',
    packArguments,
  );
  if (pack) await commandContext.open(pack, { showRule: rule });
}

/** Opens a pack that is selected in the tree: in the same panel as the pack before, unless that is kept. */
export async function previewPack(commandContext: PackCommandContext, args: unknown): Promise<void> {
  const { packArguments, rule } = splitDetail(args, ['rule']);
  const pack = await choosePack(commandContext, 'Preview Pack', packArguments);
  if (pack) await commandContext.open(pack, { isPreview: true, showRule: rule });
}

/** The same as `openPack` for the console, at a resource if the arguments have `resource: { type, id }`. */
export async function openInConsole(commandContext: PackCommandContext, args: unknown): Promise<void> {
  const { packArguments, ...detail } = splitDetail(getPanelArguments(args), ['rule', 'resource']);
  const pack = await choosePack(commandContext, 'Open in Console', packArguments);
  if (pack) await openPackInConsole(commandContext, pack, detail);
}

/** Reveals the pack in the tree. An aggregator's rows have no place of their own there. */
export async function revealInTree(commandContext: PackCommandContext, args: unknown): Promise<void> {
  const pack = await choosePack(commandContext, 'Reveal in Tree', getPanelArguments(args));
  if (!pack) return;
  if (!isAggregated(pack)) await commandContext.reveal(pack.connection, pack.name);
  else void showInformation(`The tree lists ${pack.row.pack} only below the aggregator ${pack.aggregator}.`);
}

/**
 * Returns the packs that match `{ name?, account?, region? }` and reveals the only pack of a name in the tree. Shows a
 * picker if there are no arguments.
 */
export async function findPack(
  commandContext: PackCommandContext,
  args: unknown,
): Promise<readonly PackResult[] | undefined> {
  const options = createAnyPackOptions('Find Conformance Pack');
  const filter = parseArguments(args, ['name', 'account', 'region']);
  if (!filter) return pickAndOpen(commandContext, new FindQuery(commandContext));
  const packs = await readPacks(commandContext, options, filter);
  const results = packs.map(toPackResult);
  if (filter.name === undefined) return results;
  const [pack] = packs;
  if (pack && packs.length === 1) await commandContext.reveal(pack.connection, filter.name);
  else if (!pack) void showInformation(`Your connections have no pack ${filter.name}.`);
  return results;
}

/** Returns the packs of `{ account?, region?, below?, limit? }`, lowest score first. Without arguments, shows a picker. */
export async function lowestScores(
  commandContext: PackCommandContext,
  args: unknown,
): Promise<readonly PackResult[] | undefined> {
  const filter = parseArguments(args, ['account', 'region', 'below', 'limit']);
  if (!filter) return pickAndOpen(commandContext, new PackQuery(commandContext, lowestScoresOptions));
  const { below, limit, ...scopeFilter } = filter;
  const packs = await readPacks(commandContext, lowestScoresOptions, scopeFilter);
  const results = packs.map(toPackResult);
  return results.filter(({ score }) => below === undefined || (score !== undefined && score < below)).slice(0, limit);
}

/** Returns the packs of `{ account?, region? }` with a failed deployment. Without arguments, shows a picker. */
export async function failedDeployments(
  commandContext: PackCommandContext,
  args: unknown,
): Promise<readonly PackResult[] | undefined> {
  const filter = parseArguments(args, ['account', 'region']);
  if (!filter) return pickAndOpen(commandContext, new PackQuery(commandContext, failedDeploymentsOptions));
  return (await readPacks(commandContext, failedDeploymentsOptions, filter)).map(toPackResult);
}

/** Returns the non-compliant rows of `{ aggregator, account?, region?, limit? }`, worst first. Without arguments, shows a picker. */
export async function nonCompliantPacks(
  commandContext: PackCommandContext,
  args: unknown,
): Promise<readonly RowResult[] | undefined> {
  const filter = parseArguments(args, ['aggregator', 'account', 'region', 'limit']);
  if (!filter) return pickAndOpen(commandContext, new NonCompliantQuery(commandContext));
  const { aggregator, ...rowFilter } = filter;
  if (aggregator === undefined) throw new Error('aggregator: Enter the name of an aggregator.');
  return readNonCompliantRows(commandContext, aggregator, rowFilter);
}

/** Opens the pack that the user picks. */
async function pickAndOpen(commandContext: PackCommandContext, query: PickerQuery): Promise<undefined> {
  const pack = await pickPack(commandContext, query);
  if (pack) await commandContext.open(pack);
  return undefined;
}

/** Splits arguments, or a tree node, into the pack and a part of it. */
function splitDetail(args: unknown, keys: readonly ('rule' | 'resource')[]) {
  if (isTreeNode(args)) {
    const [rule, resource] = getRuleOfNode(args);
    return { packArguments: args, rule, resource };
  }
  const parsed = parseArguments(args, ['name', 'account', 'region', 'aggregator', ...keys]);
  const { rule, resource, ...packArguments } = parsed ?? {};
  return { packArguments: parsed && packArguments, rule, resource };
}
