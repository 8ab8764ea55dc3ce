import type { Grouping } from '../../compliance/grouping.ts';
import type { AggregateRow } from '../../compliance/model.ts';
import { releaseMemory } from '../../compliance/organization/releaseMemory.ts';
import { RowColumns } from '../../compliance/organization/rowColumns.ts';
import { forEachSlice } from '../../compliance/organization/slices.ts';
import { rowsPerSlice } from '../../compliance/queries/firstRows.ts';
import { sortByOrder } from '../../compliance/queries/sortByOrder.ts';
import type { PackOrder, RowFilter } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { openRowReader } from '../../compliance/store/rowReader.ts';
import { runInSlices, type SlicedWork } from '../../timeSlicing.ts';
import { SeenRows } from '../seenRows.ts';
import type { ReadOptions } from './details.ts';

/** Rows of an aggregator. */
export interface RowSelection {
  readonly store: ConnectionStore;
  readonly aggregator: string;
  /** What AWS Config filters by. The rows are those of all filters. */
  readonly filters: readonly RowFilter[];
  /** The part of the filter that AWS Config does not apply. */
  readonly matches: (row: AggregateRow) => boolean;
}

/** Reads rows as AWS Config returns them, each once, several pages at a time. */
export async function* readRowPages(
  { store, aggregator, filters, matches }: RowSelection,
  signal: AbortSignal,
): AsyncGenerator<readonly AggregateRow[]> {
  const seen = new SeenRows();
  const isNew = (row: AggregateRow) => seen.add(row);
  for (const filter of filters) {
    const reader = await openRowReader(store, aggregator, filter, signal);
    for await (const page of reader.read(signal, isNew)) yield page.filter(matches);
  }
}

/** Reads all rows into columns, and yields them in an order. */
export async function* readSortedRowPages(
  { store, aggregator, filters, matches }: RowSelection,
  order: PackOrder,
  grouping: Grouping,
  { signal, onRead }: Pick<ReadOptions, 'signal' | 'onRead'>,
): AsyncGenerator<readonly AggregateRow[]> {
  const columns = new RowColumns({ isExclusive: true });
  for (const filter of filters) {
    const reader = await openRowReader(store, aggregator, filter, signal);
    for await (const _ of reader.read(signal, (row) => columns.add(row))) onRead?.(columns.length);
  }
  const sorted = await runInSlices(sortMatches(columns, matches, order, grouping), signal);
  for (let start = 0; start < sorted.length; start += rowsPerSlice) {
    yield Array.from(sorted.subarray(start, start + rowsPerSlice), (row) => columns.getRow(row));
  }
}

function* sortMatches(
  columns: RowColumns,
  matches: RowSelection['matches'],
  order: PackOrder,
  grouping: Grouping,
): SlicedWork<Uint32Array> {
  const rows = new Uint32Array(columns.length);
  let count = 0;
  const select = (start: number, end: number) => {
    for (let row = start; row < end; row++) if (matches(columns.getRow(row))) rows[count++] = row;
  };
  yield* forEachSlice(columns.length, select, rowsPerSlice);
  const sorted = yield* sortByOrder(columns, rows.subarray(0, count), order, grouping);
  releaseMemory(rows);
  return sorted;
}
