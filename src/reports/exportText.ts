import type { ComplianceError } from '../compliance/errors.ts';
import { type AggregateRow, complianceTypes, type Pack } from '../compliance/model.ts';
import { iteratePages } from '../compliance/paging/pages.ts';
import type { ResolvedAggregator, ResolvedConnection } from '../compliance/queries/lookup.ts';
import { type RowFilter, worstFirst } from '../compliance/source.ts';
import type { Format } from './formats.ts';
import type { About, Table } from './report.ts';
import { packTable, rowTable } from './tables.ts';

/** What is exported: a scope's own packs, or the rows of an aggregator. */
export type ExportSource =
  | (ResolvedConnection & { readonly aggregator?: undefined })
  | (ResolvedAggregator & { readonly filter: RowFilter });

/** How an export is called off, and who is told how many rows have been written. */
export interface Course {
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
}

/**
 * An export as text, piece by piece: it is read from the service as it is taken, and nothing of it is kept.
 * Rejects with a `ComplianceError` where a page does not come: what was taken until then is no export.
 */
export async function* exportText(source: ExportSource, format: Format, course: Course): AsyncGenerator<string> {
  const { store, scope } = source;
  const about = { connection: store.connection, scope, readAt: Date.now() };
  if (source.aggregator) {
    const { filter, aggregator } = source;
    const all = { ...about, aggregator: aggregator.name, filter, unread: [] };
    yield* written(all, rowTable, rowPages(source, format, course.signal), format, course.onRows);
  } else {
    const { packs, unread } = await readPacks(source, course.signal);
    const all = { ...about, aggregator: undefined, filter: {}, unread };
    yield* written(all, packTable(scope, about.readAt), [packs], format, course.onRows);
  }
}

async function* written<Row>(
  about: About,
  table: Table<Row>,
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  format: Format,
  onRows: Course['onRows'],
): AsyncGenerator<string> {
  const { head, row, end } = format.writer(about, table);
  const totals: Record<string, number> = { rows: 0, ...Object.fromEntries(table.counts.map(({ name }) => [name, 0])) };
  let rows = 0;
  yield head;
  for await (const page of pages) {
    yield page.map((each, index) => row(each, rows + index)).join('');
    rows += page.length;
    for (const { name, is } of table.counts) totals[name] = (totals[name] ?? 0) + page.filter(is).length;
    onRows(rows);
  }
  yield end({ totals: { ...totals, rows }, endedAt: Date.now() });
}

/** The rows page by page. A report's come state by state, worst first, which the service can tell apart. */
async function* rowPages(
  { store, aggregator, filter }: ResolvedAggregator & { readonly filter: RowFilter },
  { isReport }: Format,
  signal: AbortSignal,
): AsyncGenerator<readonly AggregateRow[]> {
  const filters =
    isReport && !filter.compliance ? complianceTypes.map((compliance) => ({ ...filter, compliance })) : [filter];
  for (const each of filters) yield* iteratePages(store.rowPages(aggregator.name, each), signal);
}

/** The packs of a scope. Where only one of its two lists may not be read, the other stands and the error is given with it. */
async function readPacks(
  { store }: ResolvedConnection,
  signal: AbortSignal,
): Promise<{ readonly packs: readonly Pack[]; readonly unread: readonly ComplianceError[] }> {
  const list = store.uncachedPacks(worstFirst);
  await list.loadAll(signal);
  signal.throwIfAborted();
  const { rows: packs, errors: unread } = list;
  const [error] = unread;
  // Without any pack it is not known whether there are none.
  const isHalf = packs.length === 0 || list.isBroken || unread.some(({ kind }) => kind !== 'denied');
  if (error && isHalf) throw error;
  return { packs, unread };
}
