import * as vscode from 'vscode';
import type { ComplianceError } from '../../compliance/errors.ts';
import { type Connection, getEffectiveProfile, type Profile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { describeError, type ErrorAction } from '../../compliance/text/errorMessages.ts';
import { toLabel } from '../../compliance/text/plainText.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { getActionCommand } from '../shared/errorActions.ts';
import { showInformation, showWarning } from '../shared/messages.ts';
import { pickItem } from '../shared/quickPicks.ts';
import { runErrorAction } from '../shared/runErrorAction.ts';
import { settings } from '../shared/settings.ts';
import { isTreeNode, type TreeNode } from '../tree/model/nodes.ts';
import type { ConnectionDependencies } from './connectionWatchers.ts';
import { getSignInMethod } from './signInMethod.ts';

/** Signs in the connection of a tree node or of the arguments, or a signed-out one that the user picks. */
export async function signIn(
  estate: Estate,
  loadProfiles: () => Promise<readonly Profile[]>,
  args: unknown,
  findConfigurationError: ConnectionDependencies['findConfigurationError'] = async () => undefined,
): Promise<void> {
  const specified = isTreeNode(args) ? getConnection(args) : parseArguments(args, ['profile', 'region']);
  const connection = specified ?? (await pickConnection(estate));
  if (!connection) return;
  const error = await findConfigurationError(connection);
  if (error) {
    void offerFix(estate, connection, error);
    return;
  }
  const name = getEffectiveProfile(connection.profile, process.env);
  const profiles = await loadProfiles();
  const method = getSignInMethod(
    name,
    profiles.find((profile) => profile.name === name),
  );
  switch (method.kind) {
    case 'command':
      vscode.window
        .createTerminal({ name: toLabel(`Sign in ${name}`), shellPath: 'aws', shellArgs: [...method.args] })
        .show();
      break;
    case 'mfaPrompt':
      retry(estate, connection);
      break;
    case 'manual':
      void showInformation(method.message, 'Retry').then((button) => {
        if (button) retry(estate, connection);
      });
  }
}

/** Shows what is wrong in the configuration, where a sign-in would not help, with the actions that correct it. */
async function offerFix(estate: Estate, connection: Connection, error: ComplianceError): Promise<void> {
  const { text, actions } = describeError(error, connection);
  const getTitle = (action: ErrorAction) => getActionCommand(action).title;
  const choice = await showWarning(text, ...actions.map(getTitle));
  const action = actions.find((each) => getTitle(each) === choice);
  if (action?.kind === 'retry') retry(estate, connection);
  else if (action) await runErrorAction(action, connection);
}

const getConnection = (node: TreeNode): Connection | undefined => ('connection' in node ? node.connection : undefined);

/** Reads all regions of the connection's profile again. */
function retry(estate: Estate, { profile }: Connection): void {
  estate.allowPrompts();
  estate.reset(({ connection }) => connection.profile === profile);
}

async function pickConnection(estate: Estate): Promise<Connection | undefined> {
  const connections = settings.connections();
  const signedOut = connections.filter((connection) => estate.getStore(connection).findSignedOutError());
  const choices = signedOut.length > 0 ? signedOut : connections;
  if (choices.length <= 1) return choices[0];
  const items = choices.map((connection) => ({
    label: connection.profile ?? 'default credentials',
    description: connection.region ?? '',
    connection,
  }));
  return (await pickItem(items, { title: 'Sign In' }))?.connection;
}
