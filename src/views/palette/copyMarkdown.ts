import { toRowFilter } from '../../compliance/filter.ts';
import type { PackRef } from '../../compliance/packRef.ts';
import type { ExportQuery } from '../../reports/exportQuery.ts';
import { findSource } from '../../reports/exportSources.ts';
import { exportText } from '../../reports/exportText.ts';
import { formats } from '../../reports/formats.ts';
import { getQueryOfNode } from '../export/treeExport.ts';
import { copyText } from '../shared/clipboard.ts';
import { type CommandArguments, parseArguments } from '../shared/commandArguments.ts';
import { runWithProgress, runWithProgressIfSlow } from '../shared/messages.ts';
import { getTargetNodes, type TreeNode } from '../tree/model/nodes.ts';
import { choosePack } from './choosePack.ts';
import type { PackCommandContext } from './packCommandContext.ts';
import { formatPackPart } from './packMarkdown.ts';
import { mergePackParts, type PackPart, type ResourceRef } from './packParts.ts';
import { getPanelArguments } from './panelArguments.ts';
import { getPackOfNode, getRuleOfNode } from './resolvePackRef.ts';

/** What is copied: a pack or a part of it, or the packs of an account or an aggregator. */
type Target = PackPart | ExportQuery;

/** A clipboard holds text of this length, in characters. */
const maxLength = 5_000_000;

/**
 * Copies tree nodes, what `{ name, account?, region?, aggregator?, rule?, resource? }`, `{ account, region }` or
 * `{ aggregator, account?, region? }` names, or a pack that the user picks, as Markdown. Rejects if anything of it cannot
 * be read. Returns the text; undefined if the user cancels.
 */
export async function copyMarkdown(
  commandContext: PackCommandContext,
  args: unknown,
  selection?: unknown,
): Promise<string | undefined> {
  const nodes = getTargetNodes(args, selection);
  const targets =
    nodes.length > 0
      ? getNodeTargets(commandContext, nodes)
      : await findTargets(commandContext, getPanelArguments(args));
  if (targets.length === 0) return undefined;
  const title = 'Copying as Markdown';
  const format = (signal: AbortSignal, report?: (text: string) => void) =>
    formatTargets(commandContext, targets, signal, report);
  const text = await (targets.length > 1 ? runWithProgress(title, format) : runWithProgressIfSlow(title, format));
  if (text !== undefined) await copyText(text);
  return text;
}

/** The texts of all targets; undefined if the user cancels. */
async function formatTargets(
  commandContext: PackCommandContext,
  targets: readonly Target[],
  signal: AbortSignal,
  report?: (text: string) => void,
): Promise<string | undefined> {
  const texts: string[] = [];
  try {
    for (const target of targets) {
      report?.(`${texts.length + 1} of ${targets.length}`);
      texts.push(await formatTarget(commandContext, target, signal));
    }
    return texts.join('\n');
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    return undefined;
  }
}

/** The targets of nodes, one per pack. */
function getNodeTargets(commandContext: PackCommandContext, nodes: readonly TreeNode[]): readonly Target[] {
  const stores = commandContext.getStores();
  const queries = nodes.flatMap((node) => getQueryOfNode(commandContext.estate, node) ?? []);
  const parts = nodes.flatMap((node) => {
    const pack = getPackOfNode(stores, node);
    return pack ? toPart(pack, ...getRuleOfNode(node)) : [];
  });
  return [...queries, ...mergePackParts(parts)];
}

/** A pack, a rule of it with all failing resources, or a resource. */
const toPart = (pack: PackRef, rule?: string, resource?: ResourceRef): PackPart => ({
  pack,
  hasAllRules: rule === undefined,
  resources: new Map(rule === undefined ? [] : [[rule, resource && [resource]]]),
});

async function findTargets(commandContext: PackCommandContext, args: unknown): Promise<readonly Target[]> {
  const keys = ['name', 'account', 'region', 'aggregator', 'rule', 'resource'] as const;
  const parsed = parseArguments(args, keys);
  const { rule, resource, ...packArguments } = parsed ?? {};
  if (resource !== undefined && rule === undefined) throw new Error('rule: Specify the rule that the resource fails.');
  if (parsed && parsed.name === undefined && rule === undefined) return [await findRows(commandContext, packArguments)];
  const pack = await choosePack(commandContext, 'Copy as Markdown', parsed && packArguments);
  return pack ? [toPart(pack, rule, resource)] : [];
}

/** The source of the packs of an account and region, or of an aggregator. */
function findRows(commandContext: PackCommandContext, args: Partial<CommandArguments>): Promise<ExportQuery> {
  const { aggregator, account, region } = args;
  const stores = commandContext.getStores();
  if (aggregator !== undefined) return findSource(stores, { aggregator, ...toRowFilter(args) });
  if (account === undefined || region === undefined) {
    throw new Error('Specify the name of a pack, an account and a region, or an aggregator.');
  }
  return findSource(stores, { scope: { account, region } });
}

async function formatTarget(commandContext: PackCommandContext, target: Target, signal: AbortSignal): Promise<string> {
  if ('pack' in target) return formatPackPart(commandContext, target, signal);
  let text = '';
  for await (const chunk of exportText(target, formats.markdown, { signal, onProgress: () => {} })) {
    text += chunk;
    if (text.length > maxLength) throw new Error('This is too much to copy. Run “Packscope: Export…” instead.');
  }
  return text;
}
