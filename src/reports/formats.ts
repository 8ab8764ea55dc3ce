import { csv } from './formats/csv.ts';
import { html } from './formats/html.ts';
import { json, jsonl } from './formats/json.ts';
import { markdown } from './formats/markdown.ts';
import type { About, Table, Writer } from './report.ts';

export const formatNames = ['csv', 'json', 'jsonl', 'markdown', 'html'] as const;
export type FormatName = (typeof formatNames)[number];

/** A kind of file that rows can be written to. */
export interface Format {
  readonly label: string;
  /** What the file's name ends in, without a dot. */
  readonly ending: string;
  /** Whether people read it, who want the worst first; data comes in the service's order, each row once. */
  readonly isReport: boolean;
  readonly writer: <Row>(about: About, table: Table<Row>) => Writer<Row>;
}

export const formats: Readonly<Record<FormatName, Format>> = {
  csv: { label: 'CSV', ending: 'csv', isReport: false, writer: csv },
  json: { label: 'JSON', ending: 'json', isReport: false, writer: json },
  jsonl: { label: 'JSON Lines', ending: 'jsonl', isReport: false, writer: jsonl },
  markdown: { label: 'Markdown', ending: 'md', isReport: true, writer: markdown },
  html: { label: 'HTML', ending: 'html', isReport: true, writer: html },
};
