import type { ComplianceError } from '../../compliance/errors.ts';
import type { StateCounts } from '../../compliance/organization/cells.ts';
import { OrganizationRows } from '../../compliance/organization/organizationRows.ts';
import {
  type AccountRank,
  countStates,
  findLacking,
  type PackRank,
  type PackRanking,
  rankAccounts,
  rankPacks,
} from '../../compliance/organization/rankings.ts';
import { splitPackName } from '../../compliance/packName.ts';
import type { ResolvedAggregator, ScopeFilter } from '../../compliance/queries/lookup.ts';
import { openRowReader } from '../../compliance/store/rowReader.ts';
import { runInSlices } from '../../templates/timeSlicing.ts';
import { AccountCounts } from '../organization/accountCounts.ts';
import {
  describeMissingSources,
  describeOtherAggregators,
  selectAggregators,
  toAggregatorName,
  toSourceFailures,
} from './aggregators.ts';
import { toMissingScopeData } from './scopePacks.ts';
import { describeTruncation, type Tool, toCompletenessResult, toTimestamps } from './tool.ts';

interface OverviewInput extends ScopeFilter {
  readonly aggregator?: string;
  readonly pack?: string;
  readonly limit?: number;
}

/** Rows that one call reads, 100 per request. */
const maxRows = 50_000;
/** Accounts and regions that an output names for each pack that they lack, and regions of each account. */
const maxNames = 10;

/** The rows of one aggregator, ranked. */
interface Overview {
  readonly totals: StateCounts;
  readonly accounts: readonly AccountRank[];
  readonly packs: PackRanking;
}

/** `packscope_organizationOverview`: accounts and packs of an aggregator, worst first, with the coverage of each pack. */
export const organizationOverview: Tool<OverviewInput> = async (stores, input, signal) => {
  const { limit = 10 } = input;
  const { aggregators, notRead } = await selectAggregators(stores, input.aggregator, signal);
  const [resolved] = aggregators;
  if (!resolved) {
    const output = { ...toCompletenessResult({ notRead, cut: [] }), aggregator: null, accounts: [], packs: [] };
    return { entryCount: 0, toJson: () => output };
  }
  const { store, aggregator } = resolved;
  const counts = new AccountCounts(store);
  const { account, region } = input;
  const filter = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const rows = new OrganizationRows((each) => openRowReader(counts, aggregator.name, filter, each));
  const sources = store.getUnhealthySources(aggregator.name);
  await Promise.all([readRows(rows, signal), sources.loadAll(signal)]);
  const readAt = Date.now();
  const overview = await runInSlices(createOverview(rows, input.pack, account === undefined ? counts.accounts : []));
  const { progress, error } = rows;
  const expected = account === undefined && region === undefined ? counts.rows : progress.expected;
  const isCut = progress.partitionsRead < progress.partitions && error === undefined;
  const missing = [
    ...notRead,
    ...describeError('the rows', resolved, error),
    // Without the counts, accounts without rows are unknown.
    ...describeError('the accounts', resolved, error === undefined ? counts.error : undefined),
    ...describeMissingSources(resolved, sources),
  ];
  return {
    entryCount: limit,
    toJson: (entries, now) => ({
      ...toCompletenessResult({
        notRead: missing,
        cut: [
          ...describeOtherAggregators(aggregators),
          ...(isCut ? [describeUnreadRows(progress.rowsRead, expected)] : []),
          ...describeTruncation(entries, overview.accounts.length, 'accounts', 'specify account or increase limit'),
          ...describeTruncation(entries, overview.packs.ranks.length, 'packs', 'specify pack or increase limit'),
        ],
      }),
      aggregator: {
        ...toAggregatorName(resolved),
        rowsRead: progress.rowsRead,
        rowsExpected: expected ?? null,
        ...toTimestamps('read', readAt, now),
      },
      sourceFailures: toSourceFailures(sources),
      totals: { accounts: overview.accounts.length, ...toCounts(overview.totals) },
      accounts: overview.accounts.slice(0, entries).map(toAccountResult),
      packs: overview.packs.ranks.slice(0, entries).map((rank) => toPackRankResult(rank, overview.packs)),
    }),
  };
};

/** Reads all rows, or the first `maxRows`. */
async function readRows(rows: OrganizationRows, signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  await rows.read(AbortSignal.any([signal, stop.signal]), () => {
    if (rows.columns.length >= maxRows) stop.abort();
  });
}

function* createOverview(rows: OrganizationRows, pack: string | undefined, knownAccounts: readonly string[]) {
  const { packNames } = rows.columns;
  // A pack of the organization has another deployed name in each account.
  const matches = (name: string) => name === pack || splitPackName(name).baseName === pack;
  const selection = pack === undefined ? {} : { packs: new Set(packNames.all.filter(matches)) };
  const selected = yield* rows.select(selection);
  const known = { accounts: knownAccounts, regions: [] };
  const overview: Overview = {
    totals: yield* countStates(selected),
    accounts: (yield* rankAccounts(selected)).ranks,
    packs: yield* rankPacks(selected, known),
  };
  return overview;
}

const describeError = (what: string, resolved: ResolvedAggregator, error: ComplianceError | undefined) =>
  toMissingScopeData(`${what} of ${resolved.aggregator.name}`, resolved, error ? [error] : []);

function describeUnreadRows(read: number, expected: number | undefined): string {
  const of = expected === undefined ? '' : ` of about ${expected}`;
  return `${read}${of} rows were read: rankings, totals and coverage are about these only. Specify account or region.`;
}

const toCounts = ({ packs, compliant, insufficientData, nonCompliant, unknown }: StateCounts) => ({
  packs,
  nonCompliant,
  compliant,
  insufficientData,
  unknown,
});

function toAccountResult({ account, regions, ...counts }: AccountRank) {
  return {
    account,
    ...toCounts(counts),
    regions: regions.slice(0, maxNames).map(({ region, ...each }) => ({ region, ...toCounts(each) })),
    moreRegions: Math.max(0, regions.length - maxNames),
  };
}

function toPackRankResult({ pack, accountIndices, regionIndices, ...counts }: PackRank, ranking: PackRanking) {
  const lackingAccounts = findLacking(ranking.accounts, accountIndices);
  const lackingRegions = findLacking(ranking.regions, regionIndices);
  return {
    pack: pack.name,
    isOrganizationPack: pack.isOrganization,
    ...toCounts(counts),
    accounts: accountIndices.length,
    accountsLacking: lackingAccounts.length,
    lackingAccounts: lackingAccounts.slice(0, maxNames),
    regions: regionIndices.length,
    regionsLacking: lackingRegions.length,
    lackingRegions: lackingRegions.slice(0, maxNames),
  };
}
