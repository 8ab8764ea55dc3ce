import { escapeMarkdown, formatMarkdownList, formatMarkdownRow } from '../escaping.ts';
import { describeExport, describeSummary, type ExportMetadata, getTitle } from '../metadata.ts';
import type { Table, TableWriter } from '../table.ts';

/** A report that is readable both as source and rendered. */
export function createMarkdownWriter<Row>(metadata: ExportMetadata, table: Table<Row>): TableWriter<Row> {
  const { displayColumns } = table;
  return {
    header: [
      `# ${escapeMarkdown(getTitle(metadata))}\n\n`,
      formatMarkdownList(describeExport(metadata, table)),
      '\n',
      formatMarkdownRow(displayColumns.map(({ name }) => name)),
      `|${' --- |'.repeat(displayColumns.length)}\n`,
    ].join(''),
    formatRow: (row) => formatMarkdownRow(displayColumns.map(({ getValue }) => String(getValue(row)))),
    formatFooter: (summary) => `\n## Totals\n\n${formatMarkdownList(describeSummary(table, summary))}`,
  };
}
