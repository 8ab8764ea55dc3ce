import * as vscode from 'vscode';
import { asComplianceError, ComplianceError } from '../../compliance/errors.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { errorAdvice, errorTitle } from '../../compliance/text/errorMessages.ts';
import { exportText } from '../../reports/exportText.ts';
import { formats } from '../../reports/formats.ts';
import { findSource, parseRequest } from '../../reports/request.ts';
import { settings } from '../shared/settings.ts';
import { isTreeNode } from '../tree/model/nodes.ts';
import { askRequest, type ExportRequest, labelOf, sourceOfNode } from './ask.ts';
import { parseUri, writeText } from './writeText.ts';

/** What was written. */
export interface Exported {
  readonly rows: number;
  readonly uri: vscode.Uri;
}

/**
 * Exports what it was given, or what the person picks. Undefined where the person turned away or cancelled; rejects, in
 * words for people, where anything could not be read or written. Either way no part of a file is left.
 */
export async function exportCommand(estate: Estate, args: unknown): Promise<Exported | undefined> {
  try {
    const request = await requested(estate, args);
    return request && (await write(request));
  } catch (thrown) {
    throw new Error(`Nothing was exported. ${reason(thrown)}`, { cause: thrown });
  }
}

async function requested(estate: Estate, args: unknown): Promise<ExportRequest | undefined> {
  if (args === undefined || args === null) return askRequest(estate);
  if (isTreeNode(args)) return askRequest(estate, sourceOfNode(estate, args));
  const { source, format, uri } = parseRequest(args);
  const file = parseUri(uri);
  const stores = estate.stores(settings.connections());
  return { source: await findSource(stores, source), format, uri: file };
}

/** Writes with progress; where the service forgets its own page token, once more from the beginning. */
async function write({ source, format, uri }: ExportRequest): Promise<Exported | undefined> {
  const title = `Exporting ${labelOf(source)}`;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const exported = await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const { signal } = controller;
    let rows = 0;
    const onRows = (count: number) => {
      rows = count;
      progress.report({ message: inWords(count) });
    };
    const once = () => writeText(uri, exportText(source, formats[format], { signal, onRows }), signal);
    try {
      await once().catch((thrown) => {
        if (asComplianceError(thrown).kind !== 'staleCursor') throw thrown;
        return once();
      });
      return { rows, uri };
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
      return undefined;
    }
  });
  if (exported) void offerToOpen(exported);
  return exported;
}

async function offerToOpen({ rows, uri }: Exported): Promise<void> {
  const written = `Written: ${vscode.workspace.asRelativePath(uri)}, ${inWords(rows)}`;
  const chosen = await vscode.window.showInformationMessage(written, 'Open');
  if (chosen) await vscode.commands.executeCommand('vscode.open', uri);
}

const inWords = (rows: number): string => `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`;

function reason(thrown: unknown): string {
  if (thrown instanceof ComplianceError) return `${errorTitle(thrown)}: ${thrown.message} ${errorAdvice(thrown)}`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
