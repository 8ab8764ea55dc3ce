import { defaultPackOrder } from '../compliance/source.ts';
import type { AggregatorSource, ExportQuery, FailingRulesSource } from './exportQuery.ts';
import type { Format } from './formats.ts';
import { openAggregatorSection } from './read/aggregatorSection.ts';
import { defaultRuleOrder, type ReadOptions } from './read/details.ts';
import { openFailingRulesSection } from './read/failingRulesSection.ts';
import { openScopeSection } from './read/scopeSection.ts';
import type { Report, ReportRow, ReportSection, ReportWriter, Totals } from './report.ts';

export interface ExportOptions {
  readonly signal: AbortSignal;
  /** Receives the number of rows that have been exported so far. */
  readonly onProgress: (rows: number) => void;
  /** Receives the number of rows that have been read so far, while they are not exported because they must be sorted. */
  readonly onRead?: (rows: number) => void;
  /** Receives the number of packs of which the rules have been exported so far. */
  readonly onDetails?: (packs: number) => void;
}

/**
 * Exports what a query selects as chunks of text. Pages are requested only as the text is consumed, and are not cached.
 * Rejects with a `ComplianceError` if a page fails; the text until then is incomplete.
 */
export async function* exportText(query: ExportQuery, format: Format, options: ExportOptions): AsyncGenerator<string> {
  const report = await openReport(format.isReport ? orderForReport(query) : query, options);
  yield* writeReport(report, format.createWriter(report), options);
}

/** Reports have the worst state first, unless another order was asked for. */
const orderForReport = (query: ExportQuery): ExportQuery =>
  query.order ? query : { ...query, order: defaultPackOrder, grouping: 'status' };

/** Reads what is known before the first row. Rejects with a `ComplianceError` if a source cannot be read. */
async function openReport(
  query: ExportQuery,
  { signal, onRead }: Pick<ExportOptions, 'signal' | 'onRead'>,
): Promise<Report> {
  const { sources, unreadSources, filter, content, shownRules, resourceColumns, ownerTag, scoreTarget } = query;
  const readAt = Date.now();
  const options: ReadOptions = { content, shownRules, resourceColumns, ownerTag, signal, onRead };
  const sections = await Promise.all(
    sources.map((source) =>
      source.aggregator ? openSection(source, query, options) : openScopeSection(source, query, readAt, options),
    ),
  );
  return {
    content,
    resourceColumns: content === 'resources' ? resourceColumns : [],
    unreadSources,
    filter,
    ruleFilter: shownRules?.filter ?? '',
    ruleOrder: shownRules?.order ?? defaultRuleOrder,
    ...(scoreTarget !== undefined && { scoreTarget }),
    readAt,
    sections,
  };
}

const openSection = (
  source: AggregatorSource | FailingRulesSource,
  query: ExportQuery,
  options: ReadOptions,
): Promise<ReportSection> =>
  source.rowType === 'failingRules'
    ? openFailingRulesSection(source, query, options)
    : openAggregatorSection(source, query, options);

/** Writes a report piece by piece. */
async function* writeReport(
  report: Report,
  writer: ReportWriter,
  { onProgress, onDetails }: Pick<ExportOptions, 'onProgress' | 'onDetails'>,
): AsyncGenerator<string> {
  const sectionTotals: Totals[] = [];
  let rowCount = 0;
  let packCount = 0;
  yield writer.header;
  for (const section of report.sections) {
    const counter = new TotalsCounter(section, report);
    // Kept only until their rules have been read.
    const rows: ReportRow[] = [];
    const start = writer.startSection(section);
    // An empty chunk would only delay the first rows.
    if (start !== '') yield start;
    for await (const page of section.readPages()) {
      yield page.map((row) => writer.formatRow(row, section)).join('');
      for (const row of page) counter.addRow(row);
      if (report.content !== 'rows') rows.push(...page);
      rowCount += page.length;
      onProgress(rowCount);
    }
    for (const row of rows) {
      const details = await section.readDetails(row);
      counter.addRules(details.rules);
      yield writer.formatPack(row, details, section);
      onDetails?.(++packCount);
    }
    sectionTotals.push(counter.totals);
    yield writer.endSection(section, counter.totals);
  }
  yield writer.formatFooter({ totals: sumTotals(sectionTotals), sectionTotals, endedAt: Date.now() });
}

/** Counts what a section has. */
class TotalsCounter {
  readonly #totals: Record<string, number>;

  constructor({ table }: ReportSection, { content }: Report) {
    const names = ['rows', ...table.counters.map(({ name }) => name), ...(content === 'rows' ? [] : ruleTotals)];
    this.#totals = Object.fromEntries(names.map((name) => [name, 0]));
  }

  get totals(): Totals {
    return this.#totals;
  }

  addRow({ counted }: ReportRow): void {
    for (const name of ['rows', ...counted]) this.#add(name, 1);
  }

  addRules(rules: readonly { readonly failing: number }[]): void {
    this.#add('rules', rules.length);
    for (const { failing } of rules) this.#add('failingResults', failing);
  }

  #add(name: string, count: number): void {
    this.#totals[name] = (this.#totals[name] ?? 0) + count;
  }
}

const ruleTotals = ['rules', 'failingResults'];

function sumTotals(all: readonly Totals[]): Totals {
  const sums: Record<string, number> = {};
  for (const [name, count] of all.flatMap((totals) => Object.entries(totals))) sums[name] = (sums[name] ?? 0) + count;
  return { rows: 0, ...sums };
}
