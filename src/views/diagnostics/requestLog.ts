import type * as vscode from 'vscode';
import type { RequestRecord } from '../../compliance/source.ts';
import { formatCount, formatTimeOfDay } from '../../compliance/text/format.ts';

/** Logs a completed request. */
export function logRequest(log: vscode.LogOutputChannel, record: RequestRecord): void {
  const { operation, region, milliseconds, attempts, rows, error } = record;
  const attemptCount = formatCount(attempts, 'attempt');
  if (error === undefined) log.info(`${operation} ${region} ${milliseconds} ms, ${rows} rows, ${attemptCount}`);
  else log.error(`${operation} ${region} ${milliseconds} ms, ${attemptCount}: ${error}`);
}

/** Logs that AWS throttles a region, and when its requests continue (epoch milliseconds). */
export function logThrottled(log: vscode.LogOutputChannel, region: string, until: number): void {
  log.warn(`${region} is throttled: waiting until about ${formatTimeOfDay(until)}`);
}
