import type { ComplianceError } from '../../compliance/errors.ts';
import { getSourceRegions, type UnhealthySource } from '../../compliance/model.ts';
import { OrganizationRows } from '../../compliance/organization/organizationRows.ts';
import { countStates, findLacking, rankAccounts, rankPacks } from '../../compliance/organization/rankings.ts';
import { splitPackName } from '../../compliance/packName.ts';
import type { ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import { openRowReader } from '../../compliance/store/rowReader.ts';
import { runInSlices, type SlicedWork } from '../../timeSlicing.ts';
import { CountingStore } from '../organization/countingStore.ts';
import { createUnknowns, type Overview, type OverviewInputFilter, toCoverage } from './overviewResults.ts';
import { toMissingScopeData } from './scopePacks.ts';

/** Rows that one call reads, 100 per request. */
export const maxRows = 50_000;

/** Reads an aggregator's rows, or the first `maxRows` of them. */
export async function readOverview(
  resolved: ResolvedAggregator,
  { account, region, pack }: OverviewInputFilter,
  unhealthy: readonly UnhealthySource[],
  signal: AbortSignal,
): Promise<Overview> {
  const { store, aggregator } = resolved;
  const counts = new CountingStore(store);
  const filter = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const rows = new OrganizationRows((each) => openRowReader(counts, aggregator.name, filter, each));
  const stop = new AbortController();
  await rows.read(AbortSignal.any([signal, stop.signal]), () => {
    if (rows.columns.length >= maxRows) stop.abort();
  });
  const { progress, error } = rows;
  const unread = rows.findUnread();
  const isWhole = account === undefined && region === undefined;
  const rowsExpected = isWhole ? counts.rowCount : progress.expected;
  const describeError = (what: string, each: ComplianceError | undefined) =>
    toMissingScopeData(`${what} of ${aggregator.name}`, resolved, each ? [each] : []);
  const known = {
    accounts: account === undefined ? counts.accounts : [],
    regions: region === undefined ? getSourceRegions(aggregator) : [],
  };
  return {
    countedBy: 'rows',
    rowsRead: progress.rowsRead,
    rowsExpected,
    ...(await runInSlices(rank(rows, pack, known, createUnknowns(unread, unhealthy)))),
    notRead: [
      ...describeError('the rows', error),
      // Without the counts, accounts without rows are unknown.
      ...describeError('the accounts', error === undefined ? counts.error : undefined),
    ],
    cut: unread.length > 0 && error === undefined ? [describeUnreadRows(progress.rowsRead, rowsExpected)] : [],
  };
}

function* rank(
  rows: OrganizationRows,
  pack: string | undefined,
  known: Parameters<typeof rankPacks>[1],
  unknowns: ReturnType<typeof createUnknowns>,
): SlicedWork<Pick<Overview, 'totals' | 'accounts' | 'packs'>> {
  const { packNames } = rows.columns;
  // A pack of the organization has another deployed name in each account.
  const matches = (name: string) => name === pack || splitPackName(name).baseName === pack;
  const selected = yield* rows.select(pack === undefined ? {} : { packs: new Set(packNames.all.filter(matches)) });
  const packs = yield* rankPacks(selected, known);
  return {
    totals: yield* countStates(selected),
    accounts: (yield* rankAccounts(selected)).ranks,
    packs: packs.ranks.map(({ accountIndices, regionIndices, ...counts }) => {
      const present = { accounts: accountIndices.length, regions: regionIndices.length };
      const absent = {
        accounts: findLacking(packs.accounts, accountIndices),
        regions: findLacking(packs.regions, regionIndices),
      };
      return { ...counts, coverage: toCoverage(present, absent, unknowns) };
    }),
  };
}

function describeUnreadRows(read: number, expected: number | undefined): string {
  const of = expected === undefined ? '' : ` of about ${expected}`;
  return `${read}${of} rows were read: rankings, totals and coverage are about these only. Specify account or region.`;
}
