import type { ComplianceError } from '../compliance/errors.ts';
import type { Scope } from '../compliance/model.ts';
import { type Connection, formatConnection, type RowFilter } from '../compliance/source.ts';
import { describeError } from '../compliance/text/errorMessages.ts';
import { describeFilter } from '../compliance/text/filterText.ts';
import { formatScope } from '../compliance/text/format.ts';
import { formatIsoTime } from '../compliance/text/time.ts';
import type { ExportSummary, Table } from './table.ts';

/** What is known about an export before its first row. */
export interface ExportMetadata {
  /** The aggregator that the rows come from; undefined for a scope's own packs. */
  readonly aggregator: string | undefined;
  readonly connection: Connection;
  /** The scope of the aggregator or of the packs. */
  readonly scope: Scope;
  readonly filter: RowFilter;
  /** When reading started, epoch milliseconds. */
  readonly readAt: number;
  /** Why data is missing from the rows. */
  readonly errors: readonly ComplianceError[];
}

/** A label and a value that reports display as text. */
export type LabeledValue = readonly [string, string];

/** A filter as text; empty if nothing is filtered. */
export const formatRowFilter = ({ pack, ...rest }: RowFilter): string =>
  describeFilter({ ...rest, ...(pack !== undefined && { name: pack }) });

/** Aggregator, scope and connection in one line. */
export function formatSource({ aggregator, connection, scope }: ExportMetadata): string {
  const rows = aggregator === undefined ? 'own packs' : `aggregator ${aggregator}`;
  return `${rows} · ${formatScope(scope)} · ${formatConnection(connection)}`;
}

/** The title of a report. */
export const getTitle = ({ aggregator, scope }: ExportMetadata): string =>
  aggregator === undefined
    ? `Conformance packs of ${formatScope(scope)}`
    : `Conformance packs of aggregator ${aggregator}`;

/** The values at the top of a report. */
export function describeExport(metadata: ExportMetadata, table: Table<never>): LabeledValue[] {
  const { aggregator, connection, scope, filter, readAt, errors } = metadata;
  const aggregatorValues: readonly LabeledValue[] = aggregator === undefined ? [] : [['Aggregator', aggregator]];
  // Reports are ordered by state; rows of a single state have no order.
  const orderValues: readonly LabeledValue[] = filter.compliance ? [] : [['Order', table.orderDescription]];
  return [
    ...aggregatorValues,
    ['Account', scope.account],
    ['Region', scope.region],
    ['Read with', formatConnection(connection)],
    ['Reading started', formatIsoTime(readAt)],
    ['Filter', formatRowFilter(filter) || 'none'],
    ...orderValues,
    ...errors.map((error): LabeledValue => ['Could not be read', describeError(error).text]),
  ];
}

/** The values at the bottom of a report. */
export function describeSummary({ counters }: Table<never>, { totals, endedAt }: ExportSummary): LabeledValue[] {
  return [
    ['Rows', String(totals.rows)],
    ...counters.map(({ name, label }): LabeledValue => [label, String(totals[name])]),
    ['Reading finished', formatIsoTime(endedAt)],
  ];
}
