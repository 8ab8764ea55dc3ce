import type * as vscode from 'vscode';
import { formatConnection } from '../../compliance/source.ts';
import { formatScope } from '../../compliance/text/format.ts';
import type { ExportContent, ExportQuery, ExportSource, ResourceColumn } from '../../reports/exportQuery.ts';
import { findAllSources } from '../../reports/exportSources.ts';
import { type FormatName, formatNames, formats } from '../../reports/formats.ts';
import { pickItem, pickItems } from '../shared/quickPicks.ts';
import { pickFramework } from './pickFramework.ts';
import { describeQuery, formatExportName, getFileName } from './queryText.ts';
import { pickFile } from './saveDialog.ts';
import { createSourceOffer, type ExportOffer, type TreeView } from './treeExport.ts';

/** What to export, how, and to which file. */
export interface ExportRequest {
  readonly query: ExportQuery;
  readonly format: FormatName;
  readonly uri: vscode.Uri;
}

const title = 'Export';

/** Prompts for what an offer leaves open, the format and the file; undefined if the user cancels. */
export async function promptForExport(view: TreeView, knownOffer?: ExportOffer): Promise<ExportRequest | undefined> {
  const offer = knownOffer ?? (await pickSource(view));
  const extent = offer && (await pickExtent(offer));
  const content = extent && (await pickContent(extent));
  const columns = extent && content && (await pickColumns(extent, content, view.ownerTag));
  const query = columns && { ...extent, content, resourceColumns: columns, ownerTag: view.ownerTag };
  const format = query && (await pickFormat(query));
  return format && promptForFile(query, format);
}

/** Prompts for the file of an export; undefined if the user cancels. */
export async function promptForFile(query: ExportQuery, format: FormatName): Promise<ExportRequest | undefined> {
  const name = getFileName(query);
  const uri = await pickFile(`${title} ${name}`, name, formats[format].extension);
  return uri && { query, format, uri };
}

async function pickSource(view: TreeView): Promise<ExportOffer | undefined> {
  const items = findAllSources(view.estate.getStores(view.connections)).then((all) => [
    ...all.sources.map((source) => ({
      ...createSourceItem(source),
      pick: async () => createSourceOffer(view, [source]),
    })),
    {
      label: 'One framework',
      description: 'over all accounts',
      detail: 'A pack by its name, also as an organization deploys it, in every account, region and aggregator',
      pick: () => pickFramework(view, all),
    },
  ]);
  return (await pickItem(items, { title, placeHolder: 'Select what to export' }))?.pick();
}

const createSourceItem = (source: ExportSource) => ({
  label: formatExportName({ sources: [source], filter: {} }),
  description: formatConnection(source.store.connection),
  detail: source.aggregator
    ? `Packs of all accounts and regions in the aggregator · read in ${formatScope(source.scope)}`
    : 'Packs of this account and region, with published scores and deployment states',
});

/** Says what the view's filter leaves, and offers everything. Asks only if there is a filter. */
async function pickExtent({ shown, everything }: ExportOffer): Promise<ExportQuery | undefined> {
  if (!everything) return shown;
  const items = [
    { label: 'As Shown', detail: describeQuery(shown), query: shown },
    { label: 'Everything', detail: describeQuery(everything), query: everything },
  ];
  return (await pickItem(items, { title, placeHolder: 'The view is filtered: select what to export' }))?.query;
}

async function pickContent(query: ExportQuery): Promise<ExportContent | undefined> {
  const hint = 'reads each pack: takes longer';
  const items: readonly (vscode.QuickPickItem & { readonly content: ExportContent })[] = [
    { label: 'Packs', content: 'rows' },
    { label: 'Packs with Rules', description: hint, content: 'rules' },
    { label: 'Packs with Rules and Failing Resources', description: hint, content: 'resources' },
  ];
  return (await pickItem(items, { title, placeHolder: describeQuery(query) }))?.content;
}

/** Prompts for the further columns of failing resources, where there are any; undefined if the user cancels. */
async function pickColumns(
  { sources }: ExportQuery,
  content: ExportContent,
  ownerTag: string,
): Promise<readonly ResourceColumn[] | undefined> {
  if (content !== 'resources' || sources.every(({ aggregator }) => aggregator)) return [];
  const items: readonly (vscode.QuickPickItem & { readonly column: ResourceColumn })[] = [
    { label: 'Exceptions', description: 'from remediation: a request per failing rule', column: 'exceptions' },
    ...(ownerTag === ''
      ? []
      : [
          {
            label: 'Owners',
            description: `by the tag ${ownerTag}: a query per 100 resources`,
            column: 'owners',
          } as const,
        ]),
  ];
  const picked = await pickItems(items, { title, placeHolder: 'Select further columns of failing resources, if any' });
  return picked?.map(({ column }) => column);
}

async function pickFormat(query: ExportQuery): Promise<FormatName | undefined> {
  const items = formatNames.map((format) => ({
    label: formats[format].label,
    description: formats[format].isReport ? 'report' : 'data',
    format,
  }));
  return (await pickItem(items, { title, placeHolder: describeQuery(query) }))?.format;
}
