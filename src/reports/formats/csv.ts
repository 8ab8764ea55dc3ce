import { type About, filterWords, sourceWords, type Table, unreadWords, type Writer } from '../report.ts';
import { csvLine, isoTime } from '../text.ts';

/** A table; whose it is and how old stands in columns of every row, so that rows keep it when they are moved. */
export function csv<Row>(about: About, { fields }: Table<Row>): Writer<Row> {
  const facts = [
    sourceWords(about),
    filterWords(about.filter),
    isoTime(about.readAt),
    about.unread.map(unreadWords).join(' '),
  ];
  return {
    head: csvLine([...fields.map(({ name }) => name), 'source', 'filter', 'readAt', 'unread']),
    row: (row) => csvLine([...fields.map(({ value }) => value(row)), ...facts]),
    end: () => '',
  };
}
