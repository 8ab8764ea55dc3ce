import type { Estate } from '../../compliance/store/estate.ts';
import { parseExportArguments } from '../../reports/exportArguments.ts';
import { createQuery } from '../../reports/exportQuery.ts';
import { findSource, type SourceReference } from '../../reports/exportSources.ts';
import type { HistoryAccess } from '../history/register.ts';
import type { Panels } from '../panel/register.ts';
import { settings } from '../shared/settings.ts';
import { getTargetNodes, isTreeNode } from '../tree/model/nodes.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import { addEarlierScores } from './earlierScores.ts';
import { formatExportFailure } from './exportFailure.ts';
import { type ExportRequest, promptForExport } from './exportPrompts.ts';
import { type ExportResult, runExport } from './runExport.ts';
import { type ExportOffer, getScoredScopes, isExportable, offerNodes, type TreeView } from './treeExport.ts';
import { parseUri } from './writeText.ts';

export interface ExportContext {
  readonly estate: Estate;
  readonly tree: PacksTree;
  readonly history: HistoryAccess;
  readonly panels: Pick<Panels, 'getActivePack'>;
}

/**
 * Exports what the arguments or the selected nodes specify, the pack of the active panel, or what the user picks;
 * undefined if the user cancels. Rejects with a message for users if anything cannot be read or written. No partial file
 * remains in either case, as far as the file system allows.
 */
export async function exportCommand(
  context: ExportContext,
  args: unknown,
  selection: unknown,
): Promise<ExportResult | undefined> {
  try {
    const request = await createRequest(context, args, selection);
    if (!request) return undefined;
    return await runExport({ ...request, query: await addEarlierScores(request.query, context.history) });
  } catch (thrown) {
    throw new Error(formatExportFailure(thrown), { cause: thrown });
  }
}

async function createRequest(
  { estate, tree, panels }: ExportContext,
  args: unknown,
  selection: unknown,
): Promise<ExportRequest | undefined> {
  const connections = settings.connections();
  const ownerTag = settings.ownerTag();
  const view = { estate, query: tree.model.query, connections, accountNames: settings.accountNames(), ownerTag };
  const nodes = getTargetNodes(args, selection);
  if (nodes.some(isExportable)) return promptForExport(view, offerNodes(view, nodes));
  // From the view's menu, a node is just what is selected.
  if (args === undefined || args === null || isTreeNode(args)) {
    const pack = await panels.getActivePack();
    return promptForExport(view, pack && (await offerPack(view, pack)));
  }
  const { source, format, uri, ...options } = parseExportArguments(args);
  const file = parseUri(uri);
  const found = await findSource(estate.getStores(connections), source);
  const filter = { ...options.filter, ...found.filter };
  if (ownerTag === '' && options.resourceColumns?.includes('owners'))
    throw new Error('resourceColumns: Owners need the setting packscope.ownerTag.');
  return { query: { ...found, ...options, filter, ownerTag, scoredScopes: getScoredScopes(view) }, format, uri: file };
}

/** Offers the pack of a panel, which the tree's filter does not concern. */
async function offerPack(view: TreeView, pack: Readonly<Record<string, string>>): Promise<ExportOffer> {
  const { name = '', account = '', region = '', aggregator } = pack;
  const reference: SourceReference =
    aggregator === undefined
      ? { scope: { account, region }, packs: [name] }
      : { aggregator, pack: name, account, region };
  const { sources, filter } = await findSource(view.estate.getStores(view.connections), reference);
  const shown = createQuery(sources, { filter, scoredScopes: getScoredScopes(view) });
  return { shown, everything: undefined };
}
