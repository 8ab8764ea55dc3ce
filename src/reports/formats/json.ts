import { formatConnection } from '../../compliance/source.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatIsoTime } from '../../compliance/text/time.ts';
import { stringifyJson } from '../escaping.ts';
import type { ExportMetadata } from '../metadata.ts';
import type { ExportSummary, Table, TableWriter } from '../table.ts';

/** A single document that conforms to `media/export.schema.json`, with one line per row. */
export function createJsonWriter<Row>(metadata: ExportMetadata, table: Table<Row>): TableWriter<Row> {
  const formatMembers = (value: object): string =>
    Object.entries(value)
      .map(([name, member]) => `  ${JSON.stringify(name)}: ${stringifyJson(member)}`)
      .join(',\n');
  return {
    header: `{\n${formatMembers(toJsonHeader(metadata))},\n  "rows": [`,
    formatRow: (row, index) => `${index === 0 ? '' : ','}\n    ${stringifyJson(toRecord(table, row))}`,
    formatFooter: (summary) => `\n  ],\n${formatMembers(toJsonFooter(summary))}\n}\n`,
  };
}

/** One object per line: a `head`, the rows and an `end`, distinguished by `type`. */
export function createJsonLinesWriter<Row>(metadata: ExportMetadata, table: Table<Row>): TableWriter<Row> {
  const formatLine = (type: string, value: object): string => `${stringifyJson({ type, ...value })}\n`;
  return {
    header: formatLine('head', toJsonHeader(metadata)),
    formatRow: (row) => formatLine('row', toRecord(table, row)),
    formatFooter: (summary) => formatLine('end', toJsonFooter(summary)),
  };
}

const toRecord = <Row>({ dataColumns }: Table<Row>, row: Row): object =>
  Object.fromEntries(dataColumns.map(({ name, getValue }) => [name, getValue(row)]));

function toJsonHeader({ aggregator, connection, scope, filter, readAt, errors }: ExportMetadata): object {
  const { account, region } = scope;
  return {
    format: 'packscope-export',
    version: 1,
    source: {
      kind: aggregator === undefined ? 'scope' : 'aggregator',
      ...(aggregator !== undefined && { aggregator }),
      account,
      region,
      connection: formatConnection(connection),
    },
    filter,
    readAt: formatIsoTime(readAt),
    unread: errors.map((error) => {
      const { title, advice } = describeError(error);
      return { what: title, advice, message: error.message };
    }),
  };
}

const toJsonFooter = ({ totals, endedAt }: ExportSummary): object => ({ totals, endedAt: formatIsoTime(endedAt) });
