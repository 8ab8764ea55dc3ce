import { type ComplianceError, isDenial } from '../../compliance/errors.ts';
import { matchesPack, matchesScope } from '../../compliance/filter.ts';
import { mergeByCause } from '../../compliance/mergeErrors.ts';
import type { Pack, Scope } from '../../compliance/model.ts';
import { matchesFramework } from '../../compliance/packName.ts';
import { defaultPackOrder, maxNames, type PackOrder } from '../../compliance/source.ts';
import type { ExportQuery, ScopeSource } from '../exportQuery.ts';
import { createPackTable } from '../exportTables.ts';
import type { ReportSection } from '../report.ts';
import { TableRow, toTableHead } from '../table.ts';
import type { DetailOptions } from './details.ts';
import { readOwnDetails } from './ownDetails.ts';

/** Reads the packs of a scope. Rejects if neither scores nor deployments can be read. `readAt`: epoch milliseconds. */
export async function openScopeSection(
  source: ScopeSource,
  query: ExportQuery,
  readAt: number,
  options: DetailOptions,
): Promise<ReportSection> {
  const { store, scope, packs: names } = source;
  const order = query.order ?? defaultPackOrder;
  const { packs, failures } = await loadPacks(source, query, order, options.signal);
  const table = createPackTable(scope, readAt);
  const rows = packs
    .filter((pack) => matches(pack, scope, query, names))
    .toSorted(comparePacks(order))
    .map((pack) => new TableRow(table, pack));
  const packsByName = new Map(packs.map((pack) => [pack.name, pack]));
  return {
    aggregator: undefined,
    scope,
    connection: store.connection,
    packs: names?.map((pack) => ({ pack, account: scope.account, region: scope.region })),
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

function matches(pack: Pack, scope: Scope, { filter }: ExportQuery, names: readonly string[] | undefined): boolean {
  if (names && !names.includes(pack.name)) return false;
  if (filter.framework !== undefined && !matchesFramework(pack.name, filter.framework)) return false;
  return matchesScope(filter, scope) && matchesPack(filter, pack);
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
  if (by === 'name') return (a, b) => (a.name === b.name ? 0 : a.name < b.name ? -sign : sign);
  const getScore = ({ score }: Pack) => score?.percent ?? 101;
  return (a, b) => sign * (getScore(a) - getScore(b));
}
