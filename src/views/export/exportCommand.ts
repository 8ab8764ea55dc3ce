import type * as vscode from 'vscode';
import { asComplianceError } from '../../compliance/errors.ts';
import { toRowFilter } from '../../compliance/filter.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { parseExportArguments } from '../../reports/exportArguments.ts';
import { type ExportSource, findSource } from '../../reports/exportSources.ts';
import { exportText } from '../../reports/exportText.ts';
import { formats } from '../../reports/formats.ts';
import { runWithProgress } from '../shared/messages.ts';
import { settings } from '../shared/settings.ts';
import { isTreeNode, type TreeNode } from '../tree/model/nodes.ts';
import { formatExportFailure } from './exportFailure.ts';
import { type ExportRequest, formatExportSource, promptForExport } from './exportPrompts.ts';
import { toExportFilter } from './groupExportFilter.ts';
import { showExportedFile } from './saveDialog.ts';
import { parseUri, writeText } from './writeText.ts';

export interface ExportResult {
  readonly rows: number;
  readonly uri: vscode.Uri;
}

/**
 * Exports what the arguments or the user specify; undefined if the user cancels. Rejects with a message for users if
 * anything cannot be read or written. No partial file remains in either case.
 */
export async function exportCommand(estate: Estate, args: unknown): Promise<ExportResult | undefined> {
  try {
    const request = await createRequest(estate, args);
    return request && (await runExport(request));
  } catch (thrown) {
    throw new Error(formatExportFailure(thrown), { cause: thrown });
  }
}

async function createRequest(estate: Estate, args: unknown): Promise<ExportRequest | undefined> {
  if (args === undefined || args === null) return promptForExport(estate);
  if (isTreeNode(args)) return promptForExport(estate, getSourceOfNode(estate, args));
  const { source, format, uri } = parseExportArguments(args);
  const file = parseUri(uri);
  const stores = estate.getStores(settings.connections());
  return { source: await findSource(stores, source), format, uri: file };
}

/** The source of a scope, aggregator or group node; undefined for other nodes. */
export function getSourceOfNode(estate: Estate, node: TreeNode): ExportSource | undefined {
  if (node.kind !== 'scope' && node.kind !== 'aggregator' && node.kind !== 'group') return undefined;
  const { connection, scope } = node;
  const resolved = { store: estate.getStore(connection), scope };
  if (node.kind === 'scope') return resolved;
  const { aggregator } = node;
  if (node.kind === 'aggregator') return { ...resolved, aggregator, filter: {} };
  return { ...resolved, aggregator, filter: toRowFilter(toExportFilter(node.group)) };
}

/** Runs an export with progress. If AWS Config rejects its own page token, exports once more from the first page. */
async function runExport({ source, format, uri }: ExportRequest): Promise<ExportResult | undefined> {
  const title = `Exporting ${formatExportSource(source)}`;
  const result = await runWithProgress(title, async (signal, report) => {
    let rows = 0;
    const onProgress = (count: number) => {
      rows = count;
      report(formatRows(count));
    };
    const write = () => writeText(uri, exportText(source, formats[format], { signal, onProgress }), signal);
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

const formatRows = (rows: number): string => `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`;
