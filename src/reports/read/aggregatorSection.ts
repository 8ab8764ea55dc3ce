import type { ComplianceError } from '../../compliance/errors.ts';
import { matchesRow, toRowFilter } from '../../compliance/filter.ts';
import { mergeByCause } from '../../compliance/mergeErrors.ts';
import { type AggregateRow, getPackKey, getRowKey, type Score } from '../../compliance/model.ts';
import { formatPackGroup } from '../../compliance/organization/packGroups.ts';
import { splitPackName } from '../../compliance/packName.ts';
import type { ResolvedConnection } from '../../compliance/queries/lookup.ts';
import { defaultPackOrder } from '../../compliance/source.ts';
import { formatCompliance, isComplianceType } from '../../compliance/text/states.ts';
import type { AggregatorSource, ExportQuery, RowLocation } from '../exportQuery.ts';
import { aggregateTable } from '../packTables.ts';
import type { ReportSection } from '../report.ts';
import { TableRow, toTableHead } from '../table.ts';
import { readAggregatedDetails } from './aggregatedDetails.ts';
import type { ReadOptions } from './details.ts';
import { createExportFilterTest } from './matchExportFilter.ts';
import { type RowSelection, readRowPages, readSortedRowPages } from './rowPages.ts';
import { readUnhealthySources } from './unhealthySources.ts';

/** Prepares to read the rows of an aggregator. Rejects if the status of its sources cannot be read, unless it is denied. */
export async function openAggregatorSection(
  source: AggregatorSource,
  query: ExportQuery,
  options: ReadOptions,
): Promise<ReportSection> {
  const { store, scope, aggregator, packs } = source;
  const { order, grouping } = query;
  const { signal } = options;
  const [sources, scores] = await Promise.all([readUnhealthySources(source, signal), readScores(query, signal)]);
  const selection = createSelection(source, query, scores.byPack);
  const readRows = () =>
    order ? readSortedRowPages(selection, order, grouping, options) : readRowPages(selection, signal);
  // Selected packs are few. Which of them the aggregator does not list must be known before the first row.
  const selected = packs && (await collect(readRows()));
  return {
    rowType: 'packs',
    aggregator: aggregator.name,
    scope,
    connection: store.connection,
    packs,
    missingPacks: findMissingPacks(packs, selected),
    grouping: order ? grouping : 'none',
    order,
    table: toTableHead(aggregateTable),
    unhealthySources: sources.rows,
    failures: mergeByCause([...sources.errors, ...scores.errors]),
    async *readPages() {
      const getGroup = order ? groupLabels[grouping] : groupLabels.none;
      for await (const page of selected ? [selected] : readRows())
        yield page.map((row) => new TableRow(aggregateTable, row, getGroup(row)));
    },
    readDetails: (row) => readAggregatedDetails(source, row, options),
  };
}

async function collect(pages: AsyncIterable<readonly AggregateRow[]>): Promise<readonly AggregateRow[]> {
  const rows: AggregateRow[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

/** The selected packs that the aggregator does not list. */
function findMissingPacks(
  packs: readonly RowLocation[] = [],
  rows: readonly AggregateRow[] = [],
): readonly RowLocation[] {
  const found = new Set(rows.map(getRowKey));
  return packs.filter((location) => !found.has(getRowKey(location)));
}

const groupLabels: Readonly<Record<ExportQuery['grouping'], (row: AggregateRow) => string | undefined>> = {
  account: ({ account }) => account,
  region: ({ region }) => region,
  status: ({ compliance }) => (isComplianceType(compliance) ? formatCompliance(compliance) : 'other states'),
  pack: ({ pack }) => {
    const { baseName: name, isOrganization } = splitPackName(pack);
    return formatPackGroup({ name, isOrganization });
  },
  none: () => undefined,
};

function createSelection(
  { store, aggregator, packs }: AggregatorSource,
  query: ExportQuery,
  scores: ReadonlyMap<string, Score | undefined>,
): RowSelection {
  const { filter } = query;
  const matchesExport = createExportFilterTest(query);
  return {
    store,
    aggregator: aggregator.name,
    filters: packs ? packs.map(({ pack, account, region }) => ({ pack, account, region })) : [toRowFilter(filter)],
    matches: (row) => matchesExport(row) && matchesRow(filter, row, scores.get(getRowKey(row))),
  };
}

interface Scores {
  /** Published scores by account, region and name. */
  readonly byPack: ReadonlyMap<string, Score | undefined>;
  readonly errors: readonly ComplianceError[];
}

/** Reads the published scores that the filter compares rows with (ListConformancePackComplianceScores). */
async function readScores({ filter, scoredScopes }: ExportQuery, signal: AbortSignal): Promise<Scores> {
  if (filter.scoreBelow === undefined) return { byPack: new Map(), errors: [] };
  const scopes = await Promise.all(scoredScopes.map((each) => readScoresOfScope(each, signal)));
  return {
    byPack: new Map(scopes.flatMap(({ byPack }) => [...byPack])),
    errors: scopes.flatMap(({ errors }) => errors),
  };
}

async function readScoresOfScope({ store, scope }: ResolvedConnection, signal: AbortSignal): Promise<Scores> {
  const list = store.createPackList(defaultPackOrder);
  await list.loadAll(signal);
  signal.throwIfAborted();
  return { byPack: new Map(list.rows.map(({ name, score }) => [getPackKey(scope, name), score])), errors: list.errors };
}
