import type * as vscode from 'vscode';
import { formatConnection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { type ExportSource, findAllSources } from '../../reports/exportSources.ts';
import { type FormatName, formatNames, formats } from '../../reports/formats.ts';
import { pickItem } from '../shared/quickPicks.ts';
import { settings } from '../shared/settings.ts';
import { pickFile } from './saveDialog.ts';

/** What to export, how, and to which file. */
export interface ExportRequest {
  readonly source: ExportSource;
  readonly format: FormatName;
  readonly uri: vscode.Uri;
}

const title = 'Export';

/** Prompts for the source (unless it is known), the format and the file; undefined if the user cancels. */
export async function promptForExport(estate: Estate, knownSource?: ExportSource): Promise<ExportRequest | undefined> {
  const source = knownSource ?? (await pickSource(estate));
  const format = source && (await pickFormat());
  if (!format) return undefined;
  const name = getFileName(source);
  const uri = await pickFile(`${title} ${name}`, name, formats[format].extension);
  return uri && { source, format, uri };
}

async function pickSource(estate: Estate): Promise<ExportSource | undefined> {
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
  return (await pickItem(items, { title, placeHolder: 'Select what to export' }))?.source;
}

async function pickFormat(): Promise<FormatName | undefined> {
  const items = formatNames.map((format) => ({
    label: formats[format].label,
    description: formats[format].isReport ? 'report, worst first' : 'data',
    format,
  }));
  return (await pickItem(items, { title, placeHolder: 'Select a format' }))?.format;
}

export const formatExportSource = ({ aggregator, scope }: ExportSource): string =>
  aggregator ? `Aggregator ${aggregator.name}` : formatScope(scope);

/** The default file name, without extension. */
const getFileName = ({ aggregator, scope }: ExportSource): string =>
  aggregator?.name ?? `${scope.account}-${scope.region}`;
