import * as vscode from 'vscode';
import { isAggregated } from '../../compliance/packRef.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { validate } from '../../compliance/validation.ts';
import { copyText } from '../shared/clipboard.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { getTargetNodes, type TreeNode } from '../tree/model/nodes.ts';
import { choosePack } from './choosePack.ts';
import type { PackCommandContext } from './packCommandContext.ts';
import { formatLink } from './packLink.ts';
import { getPackLocation, type LinkTarget } from './packLocation.ts';
import { getPanelArguments } from './panelArguments.ts';
import { getPackOfNode } from './resolvePackRef.ts';

/** Copies the names of tree nodes, the name in the arguments, or the name of a pack that the user picks. */
export async function copyName(
  commandContext: PackCommandContext,
  args: unknown,
  selection?: unknown,
): Promise<string | undefined> {
  const nodes = getTargetNodes(args, selection);
  if (nodes.length > 0) return copyLines(nodes.map(getNodeName));
  const location = parseArguments(args, ['name', 'account', 'region']);
  const problem = location && validate('name', location.name);
  if (problem) throw new Error(`name: ${problem}`);
  if (location) return copyAndReturn(location.name);
  const pack = await choosePack(commandContext, 'Copy Name', undefined);
  return copyAndReturn(pack && getPackLocation(pack).name);
}

/** Copies the ARNs of deployed packs. */
export async function copyArn(
  commandContext: PackCommandContext,
  args: unknown,
  selection?: unknown,
): Promise<string | undefined> {
  const nodes = getTargetNodes(args, selection);
  if (nodes.length === 0) return copyAndReturn(await findArn(commandContext, args));
  return copyLines(await Promise.all(nodes.map((node) => findArn(commandContext, node))));
}

async function findArn(commandContext: PackCommandContext, args: unknown): Promise<string | undefined> {
  const pack = await choosePack(commandContext, 'Copy Pack ARN', args);
  if (!pack || isAggregated(pack)) return undefined;
  const list = commandContext.estate.getStore(pack.connection).findPackList(pack.name);
  const arn = list.rows.find(({ name }) => name === pack.name)?.deployment?.arn;
  if (arn === undefined) throw new Error(`The ARN of ${pack.name} is not available: its deployment could not be read.`);
  return arn;
}

/** Copies links that open the panels of packs, or a rule in them, for everyone with access to the pack's account. */
export async function copyLink(
  commandContext: PackCommandContext,
  args: unknown,
  selection?: unknown,
): Promise<string | undefined> {
  const nodes = getTargetNodes(args, selection);
  if (nodes.length > 0) {
    const stores = commandContext.getStores();
    return copyLinks(nodes.flatMap((node) => getLinkTarget(stores, node) ?? []));
  }
  const panelArguments = getPanelArguments(args);
  const parsed = parseArguments(panelArguments, ['name', 'account', 'region', 'aggregator', 'rule', 'resource']);
  // A resource has no link of its own: its rule shows it.
  const { rule, resource, ...packArguments } = parsed ?? {};
  const rest = rule === undefined ? {} : { rule };
  const { name, account, region } = packArguments;
  if (name !== undefined && account !== undefined && region !== undefined) {
    return copyLinks([{ name, account, region, ...rest }]);
  }
  const pack = await choosePack(commandContext, 'Copy Link', parsed && packArguments);
  return pack && copyLinks([{ ...getPackLocation(pack), ...rest }]);
}

function getLinkTarget(stores: readonly ConnectionStore[], node: TreeNode): LinkTarget | undefined {
  const pack = getPackOfNode(stores, node);
  if (!pack) return undefined;
  const location = getPackLocation(pack);
  if (node.kind === 'rule') return { ...location, rule: node.rule.name };
  return node.kind === 'evaluation' ? { ...location, rule: node.evaluation.rule } : location;
}

const copyLinks = (targets: readonly LinkTarget[]): Promise<string | undefined> =>
  copyLines(targets.map((target) => formatLink(vscode.env.uriScheme, target)));

/** Copies one text a line. */
function copyLines(texts: readonly (string | undefined)[]): Promise<string | undefined> {
  const lines = texts.filter((text) => text !== undefined);
  return copyAndReturn(lines.length > 0 ? lines.join('\n') : undefined);
}

async function copyAndReturn(text: string | undefined): Promise<string | undefined> {
  if (text !== undefined) await copyText(text);
  return text;
}

function getNodeName(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'pack':
      return node.pack.name;
    case 'row':
      return node.row.pack;
    case 'rule':
      return node.rule.name;
    case 'evaluation':
      return node.evaluation.resourceId;
    default:
      return undefined;
  }
}
