import * as vscode from 'vscode';
import { asComplianceError, ComplianceError, type ErrorKind } from '../../compliance/errors.ts';
import { type Connection, formatConnection, getEffectiveProfile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { getFamily } from '../../compliance/text/errorKinds/errorTable.ts';
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
  const caller = await findCaller(estate, connection);
  if (caller === undefined) return start();
  if (caller instanceof ComplianceError) {
    void offerFix(estate, connection, caller);
    return;
  }
  const region = await findRegionInForce(connection);
  if (estate.getStore(connection).findSignedOutError()) retry(estate, connection);
  void offerChoices(formatCaller(caller, connection, region && formatRegionInForce(region)), {
    'Sign In Again': start,
    'Switch Profile': () => vscode.commands.executeCommand(commandIds.selectConnections),
  });
}

/**
 * The ARN of who is signed in; undefined if the credentials are missing or not valid. Another sign-in would not help
 * where AWS cannot be reached or does not answer: returns that error.
 */
async function findCaller(estate: Estate, connection: Connection): Promise<string | ComplianceError | undefined> {
  try {
    return await estate.getStore(connection).getCallerArn(new AbortController().signal);
  } catch (thrown) {
    const error = asComplianceError(thrown);
    return getFamily(error.kind).family === 'route' || serviceFailures.has(error.kind) ? error : undefined;
  }
}

const serviceFailures: ReadonlySet<ErrorKind> = new Set(['throttled', 'serviceFailed', 'signInServiceFailed']);

/** Says who is signed in, such as `You are signed in as arn:… in account 111122223333 with profile audit.` */
function formatCaller(arn: string, connection: Connection, region: string | undefined): string {
  const account = arn.split(':')[4];
  const place = region === undefined ? '' : ` Region: ${region}.`;
  return `You are signed in as ${arn} in account ${account} with ${formatConnection(connection)}.${place}`;
}

/** Shows an error that a sign-in would not solve, with the actions that do. */
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
