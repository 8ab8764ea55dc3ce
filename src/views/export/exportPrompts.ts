import type * as vscode from 'vscode';
import { formatConnection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { createQuery, type ExportQuery, type ExportSource } from '../../reports/exportQuery.ts';
import { findAllSources } from '../../reports/exportSources.ts';
import { type FormatName, formatNames, formats } from '../../reports/formats.ts';
import { pickItem } from '../shared/quickPicks.ts';
import { settings } from '../shared/settings.ts';
import { pickFile } from './saveDialog.ts';

/** What to export, how, and to which file. */
export interface ExportRequest {
  readonly query: ExportQuery;
  readonly format: FormatName;
  readonly uri: vscode.Uri;
}

const title = 'Export';

/** Prompts for the source (unless it is known), the format and the file; undefined if the user cancels. */
export async function promptForExport(estate: Estate, knownQuery?: ExportQuery): Promise<ExportRequest | undefined> {
  const query = knownQuery ?? (await pickSource(estate));
  const format = query && (await pickFormat());
  if (!format) return undefined;
  const name = getFileName(query);
  const uri = await pickFile(`${title} ${name}`, name, formats[format].extension);
  return uri && { query, format, uri };
}

async function pickSource(estate: Estate): Promise<ExportQuery | undefined> {
  const items = findAllSources(estate.getStores(settings.connections())).then((sources) =>
    sources.map((source) => ({
      label: formatExportSource(source),
      description: formatConnection(source.store.connection),
      detail: source.aggregator
        ? `Packs of all accounts and regions in the aggregator · read in ${formatScope(source.scope)}`
        : 'Packs of this account and region, with published scores and deployment states',
      source,
    })),
  );
  const item = await pickItem(items, { title, placeHolder: 'Select what to export' });
  return item && createQuery([item.source]);
}

async function pickFormat(): Promise<FormatName | undefined> {
  const items = formatNames.map((format) => ({
    label: formats[format].label,
    description: formats[format].isReport ? 'report, worst first' : 'data',
    format,
  }));
  return (await pickItem(items, { title, placeHolder: 'Select a format' }))?.format;
}

export const formatExportSources = ({ sources }: ExportQuery): string => sources.map(formatExportSource).join(', ');

const formatExportSource = ({ aggregator, scope }: ExportSource): string =>
  aggregator ? `Aggregator ${aggregator.name}` : formatScope(scope);

/** The default file name, without extension. */
const getFileName = ({ sources: [source] }: ExportQuery): string =>
  source ? (source.aggregator?.name ?? `${source.scope.account}-${source.scope.region}`) : 'packs';
