import * as vscode from 'vscode';
import type { ComplianceError } from '../../compliance/errors.ts';
import { type Connection, formatConnection, getEffectiveProfile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { describeError, type ErrorAction } from '../../compliance/text/errorMessages.ts';
import { commandIds } from '../../manifest.ts';
import { parseArguments } from '../shared/commandArguments.ts';
import { getActionCommand } from '../shared/errorActions.ts';
import { offerChoices, showWarning } from '../shared/messages.ts';
import { pickItem } from '../shared/quickPicks.ts';
import { runErrorAction } from '../shared/runErrorAction.ts';
import { settings } from '../shared/settings.ts';
import { isTreeNode, type TreeNode } from '../tree/model/nodes.ts';
import type { ConnectionDependencies } from './connectionWatchers.ts';
import { formatRegionInForce } from './regionText.ts';
import { startSignIn } from './startSignIn.ts';

/**
 * Signs in the connection of a tree node or of the arguments, or a signed-out one that the user picks. Says who is
 * signed in if the credentials are valid.
 */
export async function signIn(dependencies: ConnectionDependencies, args: unknown): Promise<void> {
  const { estate, loadChecks } = dependencies;
  const specified = isTreeNode(args) ? getConnection(args) : parseArguments(args, ['profile', 'region']);
  const connection: Connection | undefined = specified ?? (await pickConnection(estate));
  if (!connection) return;
  if (connection.isSample) {
    void offerChoices('Sample data needs no sign-in.', {
      'Leave Sample Data': () => vscode.commands.executeCommand(commandIds.leaveSampleData),
    });
    return;
  }
  const { findConfigurationError, findRegionInForce } = await loadChecks();
  const error = await findConfigurationError(connection);
  if (error) {
    void offerFix(estate, connection, error);
    return;
  }
  const start = async () => {
    const name = getEffectiveProfile(connection.profile, process.env);
    const profiles = await dependencies.loadProfiles();
    const profile = profiles.find((each) => each.name === name);
    await startSignIn(name, profile, () => retry(estate, connection));
  };
  const arn = await findCaller(estate, connection);
  if (arn === undefined) return start();
  const region = await findRegionInForce(connection);
  if (estate.getStore(connection).findSignedOutError()) retry(estate, connection);
  void offerChoices(formatCaller(arn, connection, region && formatRegionInForce(region)), {
    'Sign In Again': start,
    'Switch Profile': () => vscode.commands.executeCommand(commandIds.selectConnections),
  });
}

/** The ARN of who is signed in; undefined if the credentials are missing or not valid. */
function findCaller(estate: Estate, connection: Connection): Promise<string | undefined> {
  const { signal } = new AbortController();
  // The sign-in that follows shows what else is wrong.
  return estate
    .getStore(connection)
    .getCallerArn(signal)
    .catch(() => undefined);
}

/** Says who is signed in, such as `You are signed in as arn:… in account 111122223333 with profile audit.` */
function formatCaller(arn: string, connection: Connection, region: string | undefined): string {
  const account = arn.split(':')[4];
  const place = region === undefined ? '' : ` Region: ${region}.`;
  return `You are signed in as ${arn} in account ${account} with ${formatConnection(connection)}.${place}`;
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
