import * as vscode from 'vscode';
import type { Profile } from '../../compliance/source.ts';
import { toLabel } from '../../compliance/text/plainText.ts';
import { commandIds } from '../../manifest.ts';
import { offerChoices } from '../shared/messages.ts';
import { isOnPath } from './findOnPath.ts';
import { getSignInMethod } from './signInMethod.ts';

const installPage = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';
const configurePage = 'https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html';

/**
 * Signs in with the profile of that name: with the AWS CLI in a terminal, with a prompt for an MFA code, or as a message
 * explains. `profile` is undefined if the AWS files do not contain it. `retry` reads the connection again.
 */
export async function startSignIn(name: string, profile: Profile | undefined, retry: () => void): Promise<void> {
  const method = getSignInMethod(name, profile);
  switch (method.kind) {
    case 'command':
      if (await isOnPath('aws', process.env)) openTerminal(name, method.args);
      else void explainMissingCli(`aws ${method.args.join(' ')}`, retry);
      break;
    case 'mfaPrompt':
      retry();
      break;
    case 'manual':
      void offerChoices(method.message, {
        Retry: retry,
        'Select Profile and Region': () => vscode.commands.executeCommand(commandIds.selectConnections),
        'Explore Sample Data': () => vscode.commands.executeCommand(commandIds.exploreSampleData),
        'Learn More': () => vscode.env.openExternal(vscode.Uri.parse(configurePage)),
      });
  }
}

function openTerminal(name: string, args: readonly string[]): void {
  vscode.window.createTerminal({ name: toLabel(`Sign in ${name}`), shellPath: 'aws', shellArgs: [...args] }).show();
}

function explainMissingCli(command: string, retry: () => void): Promise<void> {
  const text = `Signing in runs “${command}”, but the AWS CLI is not on the PATH of VS Code. Install it and restart VS Code, or run the command where you have it, then retry.`;
  return offerChoices(text, {
    'Install the AWS CLI': () => vscode.env.openExternal(vscode.Uri.parse(installPage)),
    'Copy Command': () => vscode.env.clipboard.writeText(command),
    Retry: retry,
  });
}
