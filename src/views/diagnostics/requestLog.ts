import type * as vscode from 'vscode';
import type { RequestRecord } from '../../compliance/source.ts';
import { formatCount } from '../../compliance/text/format.ts';
import { formatTimeOfDay } from '../../compliance/text/time.ts';
import { writeLine } from '../shared/log.ts';

/** Logs a completed request. */
export function logRequest(log: vscode.LogOutputChannel, record: RequestRecord): void {
  writeLine(log, record.error === undefined ? 'info' : 'error', formatRequest(record));
}

/** Logs that AWS throttles a region, and when its requests continue (epoch milliseconds). */
export function logThrottled(log: vscode.LogOutputChannel, region: string, until: number): void {
  writeLine(log, 'warn', `${region} is throttled: waiting until about ${formatTimeOfDay(until)}`);
}

/** Formats a request and its result in one line, without secrets. */
export function formatRequest({ operation, region, milliseconds, attempts, rows = 0, error }: RequestRecord): string {
  const request = `${operation} ${region} ${milliseconds} ms`;
  const attemptCount = formatCount(attempts, 'attempt');
  return error === undefined ? `${request}, ${rows} rows, ${attemptCount}` : `${request}, ${attemptCount}: ${error}`;
}
