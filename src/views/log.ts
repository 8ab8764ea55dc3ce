import * as vscode from 'vscode';
import type { RequestRecord } from '../compliance/source.ts';
import { commandIds } from '../manifest.ts';

/** The log: one line per request. */
export function registerLog(context: vscode.ExtensionContext): (record: RequestRecord) => void {
  const channel = vscode.window.createOutputChannel('Packscope', { log: true });
  context.subscriptions.push(
    channel,
    vscode.commands.registerCommand(commandIds.showLog, () => channel.show()),
  );
  return ({ operation, region, milliseconds, attempts, rows, error }) => {
    const tries = `${attempts} attempt${attempts === 1 ? '' : 's'}`;
    if (error === undefined) channel.info(`${operation} ${region} ${milliseconds} ms, ${rows} rows, ${tries}`);
    else channel.error(`${operation} ${region} ${milliseconds} ms, ${tries}: ${error}`);
  };
}
