import * as vscode from 'vscode';
import { connectionLabel } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { formatScope } from '../../compliance/text/format.ts';
import type { ExportSource } from '../../reports/exportText.ts';
import { type FormatName, formatNames, formats } from '../../reports/formats.ts';
import { allSources } from '../../reports/request.ts';
import { settings } from '../shared/settings.ts';
import type { TreeNode } from '../tree/model/nodes.ts';
import { askFile } from './saveDialog.ts';

/** Everything that an export needs. */
export interface ExportRequest {
  readonly source: ExportSource;
  readonly format: FormatName;
  readonly uri: vscode.Uri;
}

const title = 'Export';

/** Asks what to export, unless it is known, in which format, and to which file; undefined where the person turned away. */
export async function askRequest(estate: Estate, known?: ExportSource): Promise<ExportRequest | undefined> {
  const source = known ?? (await askSource(estate));
  const format = source && (await askFormat());
  const uri = format && (await askFile(`${title} ${nameOf(source)}`, nameOf(source), formats[format].ending));
  return uri && { source, format, uri };
}

async function askSource(estate: Estate): Promise<ExportSource | undefined> {
  const items = allSources(estate.stores(settings.connections())).then((sources) =>
    sources.map((source) => ({
      label: labelOf(source),
      description: connectionLabel(source.store.connection),
      detail: source.aggregator
        ? `every account and region it tells of · read in ${formatScope(source.scope)}`
        : 'its own packs, with their published scores and deployment',
      source,
    })),
  );
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'What to export' }))?.source;
}

async function askFormat(): Promise<FormatName | undefined> {
  const items = formatNames.map((format) => ({
    label: formats[format].label,
    description: formats[format].isReport ? 'a report, worst first' : 'data',
    format,
  }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'In which format' }))?.format;
}

/** What a source is called. */
export const labelOf = ({ aggregator, scope }: ExportSource): string =>
  aggregator ? `Aggregator ${aggregator.name}` : formatScope(scope);

/** The same as the name of a file. */
const nameOf = ({ aggregator, scope }: ExportSource): string => aggregator?.name ?? `${scope.account}-${scope.region}`;

/** What a node of the tree stands for, where it can be exported. */
export function sourceOfNode(estate: Estate, node: TreeNode): ExportSource | undefined {
  if (node.kind !== 'scope' && node.kind !== 'aggregator' && node.kind !== 'group') return undefined;
  const { connection, scope } = node;
  const owned = { store: estate.store(connection), scope };
  if (node.kind === 'scope') return owned;
  const filter =
    node.kind === 'aggregator' ? {} : { [node.part.by === 'status' ? 'compliance' : node.part.by]: node.part.name };
  return { ...owned, aggregator: node.aggregator, filter };
}
