import { connectionLabel } from '../../compliance/source.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { isoTime } from '../../compliance/text/format.ts';
import type { About, End, Table, Writer } from '../report.ts';

/** One document as `media/export.schema.json` has it, a line for each row. */
export function json<Row>(about: About, table: Table<Row>): Writer<Row> {
  const members = (part: object): string =>
    Object.entries(part)
      .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  return {
    head: `{\n${members(headOf(about))},\n  "rows": [`,
    row: (row, index) => `${index === 0 ? '' : ','}\n    ${JSON.stringify(recordOf(table, row))}`,
    end: (end) => `\n  ],\n${members(endOf(end))}\n}\n`,
  };
}

/** A line for the head, for each row and for the end; `type` tells which. */
export function jsonl<Row>(about: About, table: Table<Row>): Writer<Row> {
  const line = (type: string, part: object): string => `${JSON.stringify({ type, ...part })}\n`;
  return {
    head: line('head', headOf(about)),
    row: (row) => line('row', recordOf(table, row)),
    end: (end) => line('end', endOf(end)),
  };
}

const recordOf = <Row>({ fields }: Table<Row>, row: Row): object =>
  Object.fromEntries(fields.map(({ name, value }) => [name, value(row)]));

function headOf({ aggregator, connection, scope, filter, readAt, unread }: About): object {
  const { account, region } = scope;
  return {
    format: 'packscope-export',
    version: 1,
    source: {
      kind: aggregator === undefined ? 'scope' : 'aggregator',
      ...(aggregator !== undefined && { aggregator }),
      account,
      region,
      connection: connectionLabel(connection),
    },
    filter,
    readAt: isoTime(readAt),
    unread: unread.map((error) => {
      const { title, advice } = describeError(error);
      return { what: title, advice, message: error.message };
    }),
  };
}

const endOf = ({ totals, endedAt }: End): object => ({ totals, endedAt: isoTime(endedAt) });
