import * as vscode from 'vscode';
import { listsOf, readWhole } from '../../compliance/deployed.ts';
import type { Estate } from '../../compliance/estate.ts';
import { formatScore } from '../../compliance/score.ts';
import { settings } from '../settings.ts';
import type { TreeNode } from '../tree/nodes.ts';
import type { AggregatedPack, OwnPack } from './target.ts';

/** A pack by name, as a keybinding or a task gives it; account and region where the name alone is not enough. */
interface NamedPack {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
}

/** The pack that a command is about: the node or the name it was given, or one that the person picks. */
export async function choosePack(
  title: string,
  estate: Estate,
  given: TreeNode | NamedPack | undefined,
): Promise<OwnPack | AggregatedPack | undefined> {
  if (given && 'kind' in given) return packOfNode(estate, given);
  const packs = (await ownPacks(estate, given?.name)).filter(({ name, scope }) => {
    const { account = scope.account, region = scope.region } = given ?? {};
    return (given?.name ?? name) === name && account === scope.account && region === scope.region;
  });
  if (given && packs.length === 1) return packs[0];
  if (packs.length === 0) {
    const what = given ? `No pack ${given.name} is deployed` : 'No conformance pack is known';
    void vscode.window.showInformationMessage(`${what} in the accounts and regions that you read.`);
    return undefined;
  }
  return vscode.window.showQuickPick(packs, { title, matchOnDescription: true });
}

function packOfNode(estate: Estate, node: TreeNode): OwnPack | AggregatedPack | undefined {
  if (node.kind === 'pack') return { connection: node.connection, scope: node.scope, name: node.pack.name };
  if (node.kind !== 'row') return undefined;
  const { row, readAt, aggregator, connection } = node;
  for (const own of settings.connections()) {
    const [scope] = estate.of(own).scope.rows;
    if (scope?.account === row.account && scope.region === row.region) {
      return { connection: own, scope, name: row.pack };
    }
  }
  return { connection, aggregator: aggregator.name, row, readAt };
}

/** The packs of the connections' own scopes, or those of a name, as lines to pick from; asks for what is not known yet. */
async function ownPacks(estate: Estate, name: string | undefined): Promise<(OwnPack & vscode.QuickPickItem)[]> {
  const known = settings.connections().map((connection) => estate.of(connection));
  const lists = known.flatMap((each) => (name === undefined ? listsOf(each, undefined) : [each.packsWith(name)]));
  await Promise.all([...known.map(({ scope }) => scope.more()), readWhole(lists)]);
  return known.flatMap((each) =>
    each.scope.rows.flatMap((scope) =>
      [...each.knownPacks()].map(({ name, score }) => ({
        connection: each.connection,
        scope,
        name,
        label: name,
        description: `${formatScore(score)} · ${scope.account} · ${scope.region}`,
      })),
    ),
  );
}
