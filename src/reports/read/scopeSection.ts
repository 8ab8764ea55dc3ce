import { compareTexts } from '../../compliance/compareTexts.ts';
import { type ComplianceError, isDenial } from '../../compliance/errors.ts';
import { matchesPack, matchesScope } from '../../compliance/filter.ts';
import { mergeByCause } from '../../compliance/mergeErrors.ts';
import type { Pack } from '../../compliance/model.ts';
import { defaultPackOrder, maxNames, type PackOrder } from '../../compliance/source.ts';
import type { ExportQuery, RowLocation, ScopeSource } from '../exportQuery.ts';
import { createPackTable } from '../packTables.ts';
import type { ReportSection } from '../report.ts';
import { TableRow, toTableHead } from '../table.ts';
import type { ReadOptions } from './details.ts';
import { createExportFilterTest } from './matchExportFilter.ts';
import { readOwnDetails } from './ownDetails.ts';

/** Reads the packs of a scope. Rejects if neither scores nor deployments can be read. `readAt`: epoch milliseconds. */
export async function openScopeSection(
  source: ScopeSource,
  query: ExportQuery,
  readAt: number,
  options: ReadOptions,
): Promise<ReportSection> {
  const { store, scope, packs: names } = source;
  const order = query.order ?? defaultPackOrder;
  const { packs, failures } = await loadPacks(source, query, order, options.signal);
  const shown = packs.filter(createTest(source, query)).toSorted(comparePacks(order));
  const getEarlierScore = (pack: Pack) => query.getEarlierScore?.(scope, pack);
  // Without an earlier visit, the columns would say nothing.
  const table = createPackTable(scope, readAt, shown.some(getEarlierScore) ? getEarlierScore : undefined);
  const rows = shown.map((pack) => new TableRow(table, pack));
  const packsByName = new Map(packs.map((pack) => [pack.name, pack]));
  return {
    rowType: 'packs',
    aggregator: undefined,
    scope,
    connection: store.connection,
    packs: names?.map((pack) => ({ pack, account: scope.account, region: scope.region })),
    missingPacks: findMissingPacks(source, packs),
    grouping: 'none',
    order,
    table: toTableHead(table),
    unhealthySources: undefined,
    failures,
    async *readPages() {
      yield rows;
    },
    readDetails: ({ pack }) => {
      const own = packsByName.get(pack) ?? { name: pack, score: undefined, deployment: undefined };
      return readOwnDetails(source, own, options);
    },
  };
}

/** The selected packs that do not exist. */
function findMissingPacks({ scope, packs: names = [] }: ScopeSource, packs: readonly Pack[]): readonly RowLocation[] {
  const found = new Set(packs.map(({ name }) => name));
  const { account, region } = scope;
  return names.filter((name) => !found.has(name)).map((pack) => ({ pack, account, region }));
}

function createTest({ scope, packs: names }: ScopeSource, query: ExportQuery): (pack: Pack) => boolean {
  const { filter } = query;
  const { account, region } = scope;
  if (!matchesScope(filter, scope)) return () => false;
  const matchesExport = createExportFilterTest(query);
  const selected = names && new Set(names);
  return (pack) =>
    (selected?.has(pack.name) ?? true) &&
    matchesPack(filter, pack) &&
    matchesExport({ pack: pack.name, account, region });
}

/** Loads the packs of a scope. If either scores or deployments are denied, returns the other with the error. */
async function loadPacks(
  { store, packs: names }: ScopeSource,
  { filter }: ExportQuery,
  order: PackOrder,
  signal: AbortSignal,
): Promise<{ readonly packs: readonly Pack[]; readonly failures: readonly ComplianceError[] }> {
  const exactNames = names ?? (filter.name === undefined ? undefined : [filter.name]);
  const list = store.createPackList(order, exactNames && exactNames.length <= maxNames ? exactNames : undefined);
  await list.loadAll(signal);
  signal.throwIfAborted();
  const { rows: packs, errors } = list;
  // Without any pack, it is unknown whether the scope has packs.
  const isExportable = packs.length > 0 && !list.isPartial && errors.every(isDenial);
  const [error] = errors;
  if (error && !isExportable) throw error;
  return { packs, failures: mergeByCause(errors) };
}

/** Packs of equal scores keep their order. */
function comparePacks({ by, descending }: PackOrder): (a: Pack, b: Pack) => number {
  const sign = descending ? -1 : 1;
  if (by === 'name') return (a, b) => sign * compareTexts(a.name, b.name);
  const getScore = ({ score }: Pack) => score?.percent ?? 101;
  return (a, b) => sign * (getScore(a) - getScore(b));
}
