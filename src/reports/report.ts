import type { ComplianceError } from '../compliance/errors.ts';
import { describeFilter } from '../compliance/filter.ts';
import type { Scope } from '../compliance/model.ts';
import { type Connection, connectionLabel, type RowFilter } from '../compliance/source.ts';
import { describeError } from '../compliance/text/errorMessages.ts';
import { formatScope, isoTime } from '../compliance/text/format.ts';
import type { Value } from './text.ts';

/** What a file's rows are and whose: known before the first is written. */
export interface About {
  /** The aggregator that tells of the rows; undefined where they are the scope's own packs. */
  readonly aggregator: string | undefined;
  readonly connection: Connection;
  /** Where the rows were read: the aggregator's place, or the packs'. */
  readonly scope: Scope;
  readonly filter: RowFilter;
  /** When reading began, epoch milliseconds. */
  readonly readAt: number;
  /** What had to be left out. */
  readonly unread: readonly ComplianceError[];
}

/** How many rows there are, and how many of each sort. */
export type Totals = Readonly<Record<string, number>>;

/** What is known when the last row has been written. */
export interface End {
  readonly totals: Totals;
  /** Epoch milliseconds. */
  readonly endedAt: number;
}

/** One thing to be told of a row. */
export interface Column<Row> {
  readonly name: string;
  readonly value: (row: Row) => Value;
}

/** What rows of one sort look like in a file. */
export interface Table<Row> {
  /** A row as data. The names are promises: `media/export.schema.json` has them. */
  readonly fields: readonly Column<Row>[];
  /** A row as people read it. */
  readonly columns: readonly Column<Row>[];
  /** What is counted, by its name as data and in words. */
  readonly counts: readonly { readonly name: string; readonly words: string; readonly is: (row: Row) => boolean }[];
  /** In which order a report has the rows, in words. */
  readonly order: string;
}

/** How one file is written: its beginning, each row and its end. */
export interface Writer<Row> {
  readonly head: string;
  readonly row: (row: Row, index: number) => string;
  readonly end: (end: End) => string;
}

/** A filter in words; empty where nothing restricts. */
export const filterWords = ({ pack, ...rest }: RowFilter): string =>
  describeFilter({ ...rest, ...(pack !== undefined && { name: pack }) });

/** Whose rows these are, in one line. */
export function sourceWords({ aggregator, connection, scope }: About): string {
  const of = aggregator === undefined ? 'own packs' : `aggregator ${aggregator}`;
  return `${of} · ${formatScope(scope)} · ${connectionLabel(connection)}`;
}

/** What a report is called. */
export const titleOf = ({ aggregator, scope }: About): string =>
  aggregator === undefined
    ? `Conformance packs of ${formatScope(scope)}`
    : `Conformance packs by aggregator ${aggregator}`;

/** A name and a value. */
export type Fact = readonly [string, string];

/** What a report says first. */
export function facts(about: About, table: Table<never>): Fact[] {
  const { aggregator, connection, scope, filter, readAt, unread } = about;
  const whose: readonly Fact[] = aggregator === undefined ? [] : [['Aggregator', aggregator]];
  // Rows of one state have no order among them.
  const order: readonly Fact[] = filter.compliance ? [] : [['Order', table.order]];
  return [
    ...whose,
    ['Account', scope.account],
    ['Region', scope.region],
    ['Read with', connectionLabel(connection)],
    ['Read', isoTime(readAt)],
    ['Filter', filterWords(filter) || 'none'],
    ...order,
    ...unread.map((error): Fact => ['Could not be read', describeError(error).text]),
  ];
}

/** What a report says last. */
export function totalFacts({ counts }: Table<never>, { totals, endedAt }: End): Fact[] {
  return [
    ['Rows', String(totals.rows)],
    ...counts.map(({ name, words }): Fact => [words, String(totals[name])]),
    ['Read to the end', isoTime(endedAt)],
  ];
}
