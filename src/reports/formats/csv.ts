import { describeError } from '../../compliance/text/errorMessages.ts';
import { isoTime } from '../../compliance/text/format.ts';
import { type About, filterWords, sourceWords, type Table, type Writer } from '../report.ts';
import { csvCells, csvLine } from '../text.ts';

/** A table; whose it is and how old stands in columns of every row, so that rows keep it when they are moved. */
export function csv<Row>(about: About, { fields }: Table<Row>): Writer<Row> {
  const unread = about.unread.map((error) => describeError(error).text).join(' ');
  const facts = csvLine([sourceWords(about), filterWords(about.filter), isoTime(about.readAt), unread]);
  return {
    head: csvLine([...fields.map(({ name }) => name), 'source', 'filter', 'readAt', 'unread']),
    row: (row) => `${csvCells(fields.map(({ value }) => value(row)))},${facts}`,
    end: () => '',
  };
}
