import * as vscode from 'vscode';
import type { RequestRecord } from '../../compliance/source.ts';
import { clock, plural } from '../../compliance/text/format.ts';
import { commandIds } from '../../manifest.ts';

/** The log, and the command that shows it. */
export function registerLog(context: vscode.ExtensionContext): vscode.LogOutputChannel {
  const channel = vscode.window.createOutputChannel('Packscope', { log: true });
  context.subscriptions.push(
    channel,
    vscode.commands.registerCommand(commandIds.showLog, () => channel.show()),
  );
  return channel;
}

/** Writes a request to the log. */
export function logRequest(channel: vscode.LogOutputChannel, record: RequestRecord): void {
  const { operation, region, milliseconds, attempts, rows, error } = record;
  const tries = plural(attempts, 'attempt');
  if (error === undefined) channel.info(`${operation} ${region} ${milliseconds} ms, ${rows} rows, ${tries}`);
  else channel.error(`${operation} ${region} ${milliseconds} ms, ${tries}: ${error}`);
}

/** Writes that AWS has a region's requests wait. */
export function logThrottled(channel: vscode.LogOutputChannel, region: string, until: number): void {
  channel.warn(`${region} is throttled: waiting until about ${clock(until)}`);
}
