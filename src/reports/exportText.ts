import type { ComplianceError } from '../compliance/errors.ts';
import { type AggregateRow, complianceTypes, type Pack } from '../compliance/model.ts';
import { defaultPackOrder } from '../compliance/source.ts';
import { openRowReader } from '../compliance/store/rowReader.ts';
import type { AggregatorSource, ExportSource, ScopeSource } from './exportSources.ts';
import { aggregateTable, createPackTable } from './exportTables.ts';
import type { Format } from './formats.ts';
import type { ExportMetadata } from './metadata.ts';
import { SeenRows } from './seenRows.ts';
import type { Table } from './table.ts';

export interface ExportOptions {
  readonly signal: AbortSignal;
  /** Receives the number of rows that have been exported so far. */
  readonly onProgress: (rows: number) => void;
}

/**
 * Exports a source as chunks of text. Pages are requested only as the text is consumed, and are not cached. Rejects with
 * a `ComplianceError` if a page fails; the text until then is incomplete.
 */
export async function* exportText(
  source: ExportSource,
  format: Format,
  options: ExportOptions,
): AsyncGenerator<string> {
  const { store, scope } = source;
  const common = { connection: store.connection, scope, readAt: Date.now() };
  if (source.aggregator) {
    const { filter, aggregator } = source;
    const metadata = { ...common, aggregator: aggregator.name, filter, errors: [] };
    yield* formatPages(metadata, aggregateTable, fetchRowPages(source, format, options.signal), format, options);
  } else {
    const { packs, errors } = await loadPacks(source, options.signal);
    const metadata = { ...common, aggregator: undefined, filter: {}, errors };
    yield* formatPages(metadata, createPackTable(scope, common.readAt), [packs], format, options);
  }
}

async function* formatPages<Row>(
  metadata: ExportMetadata,
  table: Table<Row>,
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  format: Format,
  { onProgress }: ExportOptions,
): AsyncGenerator<string> {
  const { header, formatRow, formatFooter } = format.createWriter(metadata, table);
  const { counters } = table;
  const totals: Record<string, number> = { rows: 0, ...Object.fromEntries(counters.map(({ name }) => [name, 0])) };
  let rows = 0;
  yield header;
  for await (const page of pages) {
    yield page.map((row, index) => formatRow(row, rows + index)).join('');
    rows += page.length;
    for (const { name, matches } of counters) totals[name] = (totals[name] ?? 0) + page.filter(matches).length;
    onProgress(rows);
  }
  yield formatFooter({ totals: { ...totals, rows }, endedAt: Date.now() });
}

/**
 * Fetches rows page by page, each row once, several pages at a time. Reports need the worst state first, so their rows are fetched once per
 * state.
 */
async function* fetchRowPages(
  { store, aggregator, filter }: AggregatorSource,
  { isReport }: Format,
  signal: AbortSignal,
): AsyncGenerator<readonly AggregateRow[]> {
  const filters =
    isReport && !filter.compliance ? complianceTypes.map((compliance) => ({ ...filter, compliance })) : [filter];
  const seen = new SeenRows();
  const isNew = (row: AggregateRow) => seen.add(row);
  for (const each of filters) yield* (await openRowReader(store, aggregator.name, each, signal)).read(signal, isNew);
}

/** Loads the packs of a scope. If either scores or deployments are denied, returns the other with the error. */
async function loadPacks(
  { store }: ScopeSource,
  signal: AbortSignal,
): Promise<{ readonly packs: readonly Pack[]; readonly errors: readonly ComplianceError[] }> {
  const list = store.createPackList(defaultPackOrder);
  await list.loadAll(signal);
  signal.throwIfAborted();
  const { rows: packs, errors } = list;
  // Without any pack, it is unknown whether the scope has packs.
  const isExportable = packs.length > 0 && !list.isPartial && errors.every(({ kind }) => kind === 'denied');
  const [error] = errors;
  if (error && !isExportable) throw error;
  return { packs, errors };
}
