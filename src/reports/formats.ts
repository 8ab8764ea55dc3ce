import { createCsvWriter } from './formats/csv.ts';
import { createHtmlWriter } from './formats/html.ts';
import { createJsonLinesWriter, createJsonWriter } from './formats/json.ts';
import { createMarkdownWriter } from './formats/markdown.ts';
import type { ExportMetadata } from './metadata.ts';
import type { Table, TableWriter } from './table.ts';

export const formatNames = ['csv', 'json', 'jsonl', 'markdown', 'html'] as const;
export type FormatName = (typeof formatNames)[number];

/** A file format of exports. */
export interface Format {
  readonly label: string;
  /** The file extension, without a dot. */
  readonly extension: string;
  /** Whether the format is for reading, with the worst rows first. Data formats keep the order of AWS Config. */
  readonly isReport: boolean;
  readonly createWriter: <Row>(metadata: ExportMetadata, table: Table<Row>) => TableWriter<Row>;
}

export const formats: Readonly<Record<FormatName, Format>> = {
  csv: { label: 'CSV', extension: 'csv', isReport: false, createWriter: createCsvWriter },
  json: { label: 'JSON', extension: 'json', isReport: false, createWriter: createJsonWriter },
  jsonl: { label: 'JSON Lines', extension: 'jsonl', isReport: false, createWriter: createJsonLinesWriter },
  markdown: { label: 'Markdown', extension: 'md', isReport: true, createWriter: createMarkdownWriter },
  html: { label: 'HTML', extension: 'html', isReport: true, createWriter: createHtmlWriter },
};
