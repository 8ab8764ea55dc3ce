import type * as vscode from 'vscode';
import { asComplianceError } from '../../compliance/errors.ts';
import { formatCount } from '../../compliance/text/format.ts';
import { exportText } from '../../reports/exportText.ts';
import { formats } from '../../reports/formats.ts';
import { runWithProgress, showError } from '../shared/messages.ts';
import { settings } from '../shared/settings.ts';
import { formatExportFailure } from './exportFailure.ts';
import { type ExportRequest, promptForFile } from './exportPrompts.ts';
import { formatExportName } from './queryText.ts';
import { showExportedFile } from './saveDialog.ts';
import { writeText } from './writeText.ts';

export interface ExportResult {
  readonly rows: number;
  readonly uri: vscode.Uri;
}

/**
 * Runs an export with progress; undefined if the user cancels. If AWS Config rejects its own page token, exports once more
 * from the first page.
 */
export async function runExport({ query, format, uri }: ExportRequest): Promise<ExportResult | undefined> {
  const result = await runWithProgress(`Exporting ${formatExportName(query)}`, async (signal, report) => {
    let rows = 0;
    const options = {
      signal,
      onProgress: (count: number) => {
        rows = count;
        report(formatRows(count));
      },
      onRead: (count: number) => report(`${formatRows(count)} read`),
      onDetails: (count: number) => report(`${formatRows(rows)}, rules of ${formatCount(count, 'pack')} read`),
    };
    const write = () =>
      writeText(uri, exportText({ ...query, scoreTarget: settings.scoreTarget() }, formats[format], options), signal);
    try {
      await write().catch((thrown) => {
        if (asComplianceError(thrown).kind !== 'staleCursor') throw thrown;
        return write();
      });
      return { rows, uri };
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
      return undefined;
    }
  });
  if (result) void showExportedFile(formatRows(result.rows), uri);
  return result;
}

/** Exports what a panel shows to a file that the user picks. Shows a failure, because a panel's message has no caller. */
export async function exportFromPanel(query: ExportRequest['query'], format: ExportRequest['format']): Promise<void> {
  try {
    const request = await promptForFile(query, format);
    if (request) await runExport(request);
  } catch (thrown) {
    await showError(formatExportFailure(thrown));
  }
}

const formatRows = (rows: number): string => `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`;
