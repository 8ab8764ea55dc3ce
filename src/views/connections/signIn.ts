import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import type { Connection, Profile } from '../../compliance/source.ts';
import { settings } from '../settings.ts';

/** Signs a connection in: the one of the node that was clicked, or one that is signed out. */
export async function signIn(
  estate: Estate,
  profiles: () => Promise<readonly Profile[]>,
  given: Connection | undefined,
): Promise<void> {
  const connection = given ?? (await askConnection(estate));
  if (!connection) return;
  const name = connection.profile ?? process.env.AWS_PROFILE ?? 'default';
  const profile = (await profiles()).find((each) => each.name === name);
  if (profile?.sso) {
    const terminal = vscode.window.createTerminal({
      name: `Sign in ${name}`,
      shellPath: 'aws',
      shellArgs: ['sso', 'login', '--profile', name],
    });
    terminal.show();
    return;
  }
  void vscode.window.showInformationMessage(
    `The profile “${name}” signs in by other means than SSO: renew its credentials as you usually do, then refresh.`,
  );
}

async function askConnection(estate: Estate): Promise<Connection | undefined> {
  const all = settings.connections();
  const signedOut = all.filter((connection) => estate.of(connection).isSignedOut);
  const choice = signedOut.length > 0 ? signedOut : all;
  if (choice.length <= 1) return choice[0];
  const items = choice.map((connection) => ({
    label: connection.profile ?? 'default credentials',
    description: connection.region ?? '',
    connection,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Sign In' }))?.connection;
}
