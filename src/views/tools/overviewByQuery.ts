import { asComplianceError, ComplianceError } from '../../compliance/errors.ts';
import { getSourceRegions, type SummaryKey, type UnhealthySource } from '../../compliance/model.ts';
import { compareWorstFirst, type StateCounts } from '../../compliance/organization/cells.ts';
import {
  type CountedDifference,
  type CountedPack,
  countByQuery,
  countPack,
  maxRowsWithoutQuery,
  type QueryCounts,
  readSummary,
  type SummaryCounts,
} from '../../compliance/organization/countByQuery.ts';
import type { Select } from '../../compliance/organization/groupQuery.ts';
import { addCounts, noPacks, sumCounts } from '../../compliance/organization/stateCounts.ts';
import { splitPackName } from '../../compliance/packName.ts';
import type { ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatQueryLimits, unrecordedText } from '../../compliance/text/queryCounts.ts';
import { maxRows } from './overviewByRows.ts';
import {
  type Coverage,
  createUnknowns,
  type Overview,
  type OverviewInputFilter,
  toCoverage,
  type Unknowns,
} from './overviewResults.ts';
import { describeTruncation } from './tool.ts';

/** If less than this share of the packs is recorded, rows say more, unless they are too many to read. */
const minRecorded = 0.9;
/** Number of packs that are counted by account and region. */
const maxCoveredPacks = 10;

/** An overview as AWS Config counts it, or why it cannot be used. */
export type CountResult =
  | { readonly overview: Overview; readonly problem?: undefined; readonly error?: undefined }
  | { readonly overview?: undefined; readonly problem: string; readonly error?: ComplianceError };

/**
 * Counts the packs of a large aggregator by queries (SelectAggregateResourceConfig). Undefined if reading its rows is as
 * cheap, or if their number is unknown.
 */
export async function countOverview(
  resolved: ResolvedAggregator,
  { account, region, pack }: OverviewInputFilter,
  limit: number,
  unhealthy: readonly UnhealthySource[],
  signal: AbortSignal,
): Promise<CountResult | undefined> {
  if (account !== undefined) return undefined;
  const { store, aggregator } = resolved;
  const select: Select = (expression) =>
    store.getOrganizationPages((source, request) => source.selectAggregate(request, aggregator.name, expression));
  const summary = await readSummaries(resolved, region, signal);
  if (!summary) return undefined;
  const rowsExpected = sumResults(summary);
  if (rowsExpected <= maxRowsWithoutQuery) return undefined;
  try {
    const counts = await countByQuery(select, summary, signal, region);
    if (!counts) return { problem: unrecordedText };
    const limits = formatQueryLimits(counts).map((text) => `${text}.`);
    const { compliant, nonCompliant } = counts.totals;
    const isMostlyRecorded = compliant + nonCompliant >= minRecorded * rowsExpected;
    if (!isMostlyRecorded && rowsExpected <= maxRows) return { problem: limits.join(' ') };
    const ofPack = pack === undefined ? undefined : await countPackByName(select, pack, signal, region);
    const ranked = counts.packs?.slice(0, Math.min(limit, maxCoveredPacks)) ?? [];
    const covered =
      ofPack ?? (await Promise.all(ranked.map(({ pack: group }) => countPack(select, group, signal, region))));
    const ranks: readonly CountedRank[] = ofPack ?? counts.packs ?? [];
    const known = { accounts: [...summary.account.keys()], regions: findRegions(resolved, summary, region) };
    const unknowns = findUnknowns(counts, unhealthy);
    const coverages = covered.map((each) => findCoverage(each, known, unknowns));
    const overview: Overview = {
      countedBy: 'query',
      rowsRead: 0,
      rowsExpected,
      totals: ofPack ? sumCounts(ofPack) : counts.totals,
      accounts: ofPack ? mergeAccounts(ofPack) : counts.accounts,
      packs: ranks.map((rank, index) => ({ ...rank, coverage: coverages[index] })),
      notRead: [],
      cut: [...limits, ...describeUncounted(ofPack ? [] : counts.packs, Math.min(limit, ranks.length), covered.length)],
    };
    return { overview };
  } catch (thrown) {
    const error = asComplianceError(thrown);
    return { problem: `${describeError(error).title}: ${error.message}`, error };
  }
}

type CountedRank = StateCounts & Pick<CountedPack, 'pack'>;

/** Reads what the queries are compared with. Undefined if it cannot be read: then the rows say why. */
async function readSummaries(
  { store, aggregator }: ResolvedAggregator,
  region: string | undefined,
  signal: AbortSignal,
): Promise<SummaryCounts | undefined> {
  const filter = region === undefined ? {} : { region };
  try {
    return {
      account: await readSummary(store.getPackCountPages(aggregator.name, 'account', filter), signal),
      region: await readSummary(store.getPackCountPages(aggregator.name, 'region', filter), signal),
    };
  } catch (thrown) {
    if (thrown instanceof ComplianceError) return undefined;
    throw thrown;
  }
}

/** The number of packs with a result. Impossible counts are left out. */
const sumResults = ({ account }: SummaryCounts): number =>
  [...account.values()].reduce<number>((sum, results) => sum + (results ?? 0), 0);

/** Counts the packs with a deployed name, and the organization's pack with that name, worst first. */
async function countPackByName(
  select: Select,
  name: string,
  signal: AbortSignal,
  region: string | undefined,
): Promise<readonly CountedPack[]> {
  const packs = [false, true].map((isOrganization) => ({ name, isOrganization }));
  const counted = await Promise.all(packs.map((pack) => countPack(select, pack, signal, region)));
  const { baseName, isOrganization } = splitPackName(name);
  return counted
    .filter((each) => each.packs > 0)
    .map((each) => (each.pack.isOrganization ? each : { ...each, pack: { name: baseName, isOrganization } }))
    .sort(compareWorstFirst);
}

/** The accounts of some packs, worst first. */
function mergeAccounts(packs: readonly CountedPack[]): Overview['accounts'] {
  const merged = new Map<string, StateCounts>();
  for (const { accounts } of packs)
    for (const [account, counts] of accounts) merged.set(account, addCounts(merged.get(account) ?? noPacks, counts));
  return [...merged].map(([account, counts]) => ({ account, ...counts })).sort(compareWorstFirst);
}

const findRegions = ({ aggregator }: ResolvedAggregator, summary: SummaryCounts, region: string | undefined) =>
  region === undefined ? [...new Set([...summary.region.keys(), ...getSourceRegions(aggregator)])].sort() : [region];

/** Where the queries may not count everything. */
function findUnknowns(
  { differences = [], uncoveredAccounts }: QueryCounts,
  unhealthy: readonly UnhealthySource[],
): Unknowns {
  const sources = createUnknowns([], unhealthy);
  const accounts = new Set([...uncoveredAccounts, ...findNames(differences, 'account')]);
  const regions = new Set(findNames(differences, 'region'));
  return {
    hasAccount: (account) => accounts.has(account) || sources.hasAccount(account),
    hasRegion: (region) => regions.has(region) || sources.hasRegion(region),
  };
}

const findNames = (differences: readonly CountedDifference[], by: SummaryKey): readonly string[] =>
  differences.flatMap((difference) => (difference.by === by ? difference.name : []));

function findCoverage(
  { accounts, regions }: CountedPack,
  known: { readonly accounts: readonly string[]; readonly regions: readonly string[] },
  unknowns: Unknowns,
): Coverage {
  const absent = {
    accounts: known.accounts.filter((account) => !accounts.has(account)),
    regions: known.regions.filter((region) => !regions.has(region)),
  };
  return toCoverage({ accounts: accounts.size, regions: regions.size }, absent, unknowns);
}

function describeUncounted(
  packs: readonly unknown[] | undefined,
  included: number,
  covered: number,
): readonly string[] {
  if (!packs) return ['The packs have too many names to rank them: specify pack.'];
  return describeTruncation(covered, Math.max(covered, included), 'packs with their coverage', 'specify pack');
}
