import * as vscode from 'vscode';
import type { Connection, Profile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { settings } from '../shared/settings.ts';
import { isTreeNode, type TreeNode } from '../tree/model/nodes.ts';
import { signInWay } from './signInMethod.ts';

/** Signs a connection in: the one of the node that was clicked, or one that is signed out. */
export async function signIn(
  estate: Estate,
  profiles: () => Promise<readonly Profile[]>,
  args: unknown,
): Promise<void> {
  const asked = isTreeNode(args) ? connectionOf(args) : parseArguments(args, ['profile', 'region']);
  const connection = asked ?? (await askConnection(estate));
  if (!connection) return;
  const name = connection.profile ?? process.env.AWS_PROFILE ?? 'default';
  const way = signInWay(
    name,
    (await profiles()).find((each) => each.name === name),
  );
  switch (way.by) {
    case 'command':
      vscode.window.createTerminal({ name: `Sign in ${name}`, shellPath: 'aws', shellArgs: [...way.args] }).show();
      break;
    case 'asking':
      tryAgain(estate, connection);
      break;
    case 'person':
      void vscode.window.showInformationMessage(way.words, 'Try Again').then((chosen) => {
        if (chosen) tryAgain(estate, connection);
      });
  }
}

const connectionOf = (node: TreeNode): Connection | undefined => ('connection' in node ? node.connection : undefined);

/** Reads everything of a profile anew, in all its regions. */
function tryAgain(estate: Estate, { profile }: Connection): void {
  estate.promptGeneration += 1;
  estate.reset(({ connection }) => connection.profile === profile);
}

async function askConnection(estate: Estate): Promise<Connection | undefined> {
  const all = settings.connections();
  const signedOut = all.filter((connection) => estate.getStore(connection).findSignedOutError);
  const choice = signedOut.length > 0 ? signedOut : all;
  if (choice.length <= 1) return choice[0];
  const items = choice.map((connection) => ({
    label: connection.profile ?? 'default credentials',
    description: connection.region ?? '',
    connection,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Sign In' }))?.connection;
}
