import { createCsvWriter } from './formats/csv.ts';
import { createHtmlWriter } from './formats/html.ts';
import { createJsonLinesWriter, createJsonWriter } from './formats/json.ts';
import { createMarkdownWriter } from './formats/markdown.ts';
import type { Report, ReportWriter } from './report.ts';

export const formatNames = ['csv', 'json', 'jsonl', 'markdown', 'html'] as const;
export type FormatName = (typeof formatNames)[number];

/** A file format of exports. */
export interface Format {
  readonly label: string;
  /** The file extension, without a dot. */
  readonly extension: string;
  /** Whether the format is for reading: unless another order is asked for, the worst rows come first. */
  readonly isReport: boolean;
  readonly createWriter: (report: Report) => ReportWriter;
}

export const formats: Readonly<Record<FormatName, Format>> = {
  csv: { label: 'CSV', extension: 'csv', isReport: false, createWriter: createCsvWriter },
  json: { label: 'JSON', extension: 'json', isReport: false, createWriter: createJsonWriter },
  jsonl: { label: 'JSON Lines', extension: 'jsonl', isReport: false, createWriter: createJsonLinesWriter },
  markdown: { label: 'Markdown', extension: 'md', isReport: true, createWriter: createMarkdownWriter },
  html: { label: 'HTML', extension: 'html', isReport: true, createWriter: createHtmlWriter },
};
