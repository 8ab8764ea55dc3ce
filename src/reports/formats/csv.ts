import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatIsoTime } from '../../compliance/text/time.ts';
import { formatCsvCells, formatCsvLine } from '../escaping.ts';
import { type ExportMetadata, formatRowFilter, formatSource } from '../metadata.ts';
import type { Table, TableWriter } from '../table.ts';

/** A CSV table. Every row repeats the metadata, so that rows can be moved to other files. */
export function createCsvWriter<Row>(metadata: ExportMetadata, { dataColumns }: Table<Row>): TableWriter<Row> {
  const { filter, readAt, errors } = metadata;
  const errorTexts = errors.map((error) => describeError(error).text).join(' ');
  const metadataCells = formatCsvLine([
    formatSource(metadata),
    formatRowFilter(filter),
    formatIsoTime(readAt),
    errorTexts,
  ]);
  return {
    header: formatCsvLine([...dataColumns.map(({ name }) => name), 'source', 'filter', 'readAt', 'unread']),
    formatRow: (row) => `${formatCsvCells(dataColumns.map(({ getValue }) => getValue(row)))},${metadataCells}`,
    formatFooter: () => '',
  };
}
