import { compareTexts } from '../compareTexts.ts';
import type { PackCount, SummaryKey } from '../model.ts';
import { splitPackName } from '../packName.ts';
import { iteratePages, restartOnce } from '../paging/iteratePages.ts';
import type { FetchPage } from '../paging/pages.ts';
import { quoteValue } from '../source.ts';
import { compareWorstFirst, type PackGroupCounts, type StateCounts } from './cells.ts';
import { countGroups, type GroupProperty, type Select } from './groupQuery.ts';
import { comparePacks, type PackGroup, PackGrouping } from './packGroups.ts';
import { addCounts, noPacks, sumCounts } from './stateCounts.ts';

/** Reading this many rows takes hardly more requests than counting them by queries. */
export const maxRowsWithoutQuery = 2_000;

export interface AccountStateCounts extends StateCounts {
  readonly account: string;
}

/** Packs with a result by account or region (GetAggregateConformancePackComplianceSummary); undefined if a count is impossible. */
export type ResultsByName = ReadonlyMap<string, number | undefined>;

export type SummaryCounts = Readonly<Record<SummaryKey, ResultsByName>>;

/** An account or region of which the query counts another number of packs with a result than the summary operation. */
export interface CountedDifference {
  readonly by: SummaryKey;
  /** The account's ID or the region. */
  readonly name: string;
  readonly byQuery: number;
  readonly bySummary: number;
}

/** The recorded packs of an aggregator, counted by AWS Config in a few requests (SelectAggregateResourceConfig). */
export interface QueryCounts {
  readonly totals: StateCounts;
  /** Worst first. Accounts that record no packs are missing. */
  readonly accounts: readonly AccountStateCounts[];
  /** Worst first. Undefined if they have too many deployed names to count them by a query. */
  readonly packs: readonly PackGroupCounts[] | undefined;
  /**
   * Where packs are not recorded, or the aggregator is not up to date: accounts, then regions. Undefined if the summary
   * could not be read, so that nothing is checked.
   */
  readonly differences: readonly CountedDifference[] | undefined;
  /** Accounts of the summary without any recorded pack, ascending: what they have is unknown. */
  readonly uncoveredAccounts: readonly string[];
}

type PackKey = Pick<PackGroup, 'name' | 'isOrganization'>;

/** A pack in the accounts and regions that record it. */
export interface CountedPack extends StateCounts {
  readonly pack: PackKey;
  readonly accounts: ReadonlyMap<string, StateCounts>;
  readonly regions: ReadonlySet<string>;
}

const noGroups: ReadonlyMap<string, StateCounts> = new Map();

/** Groups by deployed names: an organization's pack may have one in each account. 500 groups per request. */
const maxNamePages = 100;

/** Reads how many packs with a result each account or region has. Rejects with a `ComplianceError`. */
export function readSummary(fetch: FetchPage<PackCount>, signal: AbortSignal): Promise<ResultsByName> {
  return restartOnce(async () => {
    const counts = new Map<string, number | undefined>();
    const isNew = ({ name, compliantPacks, nonCompliantPacks, countsText }: PackCount) =>
      counts.size < counts.set(name, countsText === undefined ? compliantPacks + nonCompliantPacks : undefined).size;
    for await (const _ of iteratePages(fetch, signal, isNew));
    return counts;
  }, signal);
}

/**
 * Counts packs by account and by name, and compares them with the summary. `region` restricts them. Undefined if no pack is
 * recorded, which does not mean that there is none. Rejects with a `ComplianceError`.
 */
export async function countByQuery(
  select: Select,
  summary: SummaryCounts | undefined,
  signal: AbortSignal,
  region?: string,
): Promise<QueryCounts | undefined> {
  const [byAccount = noGroups, byRegion = noGroups, byName] = await Promise.all([
    countValues(select, 'accountId', signal, region),
    countValues(select, 'awsRegion', signal, region),
    countValues(select, 'resourceName', signal, region, maxNamePages),
  ]);
  if (byAccount.size === 0) return undefined;
  const accounts = [...byAccount].map(([account, counts]) => ({ account, ...counts }));
  return {
    totals: sumCounts(byAccount.values()),
    accounts: accounts.sort((a, b) => compareWorstFirst(a, b) || compareTexts(a.account, b.account)),
    packs: byName && mergePacks(byName),
    differences: summary && [
      ...compare('account', byAccount, summary.account),
      ...compare('region', byRegion, summary.region),
    ],
    uncoveredAccounts: [...(summary?.account.keys() ?? [])].filter((account) => !byAccount.has(account)).sort(),
  };
}

/** Counts a pack by account, and finds its regions. Rejects with a `ComplianceError`. */
export async function countPack(
  select: Select,
  pack: PackKey,
  signal: AbortSignal,
  region?: string,
): Promise<CountedPack> {
  const { name, isOrganization } = pack;
  // The query may also find packs with a longer name.
  const condition = isOrganization
    ? `resourceName LIKE ${quoteValue(`OrgConformsPack-${name}-%`)}`
    : `resourceName = ${quoteValue(name)}`;
  const isSame = (deployedName: string) => {
    const split = splitPackName(deployedName);
    return isOrganization ? split.isOrganization && split.baseName === name : deployedName === name;
  };
  const count = async <Property extends GroupProperty>(property: Property) => {
    const properties = [property, 'resourceName'] as const;
    const groups = await countGroups(select, { properties, conditions: [condition, ...inRegion(region)] }, signal);
    const counts = new Map<string, StateCounts>();
    for (const { values, counts: added } of groups ?? []) {
      if (!isSame(values.resourceName)) continue;
      const value: string = values[property];
      counts.set(value, addCounts(counts.get(value) ?? noPacks, added));
    }
    return counts;
  };
  const [accounts, regions] = await Promise.all([count('accountId'), count('awsRegion')]);
  return { pack, ...sumCounts(accounts.values()), accounts, regions: new Set(regions.keys()) };
}

const inRegion = (region: string | undefined): readonly string[] =>
  region === undefined ? [] : [`awsRegion = ${quoteValue(region)}`];

/** Counts packs by the values of a property. Undefined if there are more than `maxPages` of groups. */
async function countValues(
  select: Select,
  property: GroupProperty,
  signal: AbortSignal,
  region: string | undefined,
  maxPages?: number,
): Promise<ReadonlyMap<string, StateCounts> | undefined> {
  const query = { properties: [property], conditions: inRegion(region), ...(maxPages !== undefined && { maxPages }) };
  const groups = await countGroups(select, query, signal);
  return groups && new Map(groups.map(({ values, counts }) => [values[property], counts]));
}

/** Adds up the deployed names of each pack. */
function mergePacks(byName: ReadonlyMap<string, StateCounts>): readonly PackGroupCounts[] {
  const grouping = new PackGrouping();
  const sums: StateCounts[] = [];
  for (const [name, counts] of byName) {
    const number = grouping.add(name);
    sums[number] = addCounts(sums[number] ?? noPacks, counts);
  }
  return grouping.groups
    .map((pack, number) => ({ pack, ...(sums[number] ?? noPacks) }))
    .sort((a, b) => compareWorstFirst(a, b) || comparePacks(a.pack, b.pack));
}

function compare(
  by: SummaryKey,
  counted: ReadonlyMap<string, StateCounts>,
  summary: ResultsByName,
): readonly CountedDifference[] {
  return [...new Set([...summary.keys(), ...counted.keys()])].sort().flatMap((name) => {
    const { compliant, nonCompliant } = counted.get(name) ?? noPacks;
    const byQuery = compliant + nonCompliant;
    const bySummary = summary.has(name) ? summary.get(name) : 0;
    return bySummary === undefined || byQuery === bySummary ? [] : { by, name, byQuery, bySummary };
  });
}
