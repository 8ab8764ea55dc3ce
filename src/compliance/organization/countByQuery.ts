import { ComplianceError } from '../errors.ts';
import type { SelectedRow } from '../organizationModel.ts';
import { iteratePages } from '../paging/iteratePages.ts';
import type { FetchPage } from '../paging/pages.ts';
import { asRecord } from '../unknownValues.ts';
import { compareWorstFirst, type PackGroupCounts, type StateCounts } from './cells.ts';
import { PackGrouping } from './packGroups.ts';

export interface AccountStateCounts extends StateCounts {
  readonly account: string;
}

/** An account of which the query counts another number of packs with a result than the summary operation. */
export interface CountedDifference {
  readonly account: string;
  readonly byQuery: number;
  readonly bySummary: number;
}

/** The packs of an aggregator, counted by AWS Config in a few requests (SelectAggregateResourceConfig). */
export interface QueryCounts {
  /** Worst first. Accounts that record no packs are missing. */
  readonly accounts: readonly AccountStateCounts[];
  /** Worst first. Undefined if they have too many deployed names to count them by a query. */
  readonly packs: readonly PackGroupCounts[] | undefined;
  /** Where packs are not recorded, or the aggregator is not up to date. */
  readonly differences: readonly CountedDifference[];
}

/** Groups by deployed names: an organization's pack has one in each account. 500 groups per request. */
const maxPackPages = 100;

const from = "WHERE resourceType = 'AWS::Config::ConformancePackCompliance'";
// The state of a pack is a scalar. Members of `configRuleList` would count once for each rule.
const state = 'configuration.complianceType';
const groupBy = (property: string): string =>
  `SELECT ${property}, ${state}, COUNT(*) ${from} GROUP BY ${property}, ${state}`;

/**
 * Counts packs by account and by name. `select` reads an advanced query; `summary` has the numbers of packs with a result
 * by account (GetAggregateConformancePackComplianceSummary), or undefined if that does not tell. Rejects with a `ComplianceError`.
 */
export async function countByQuery(
  select: (expression: string) => FetchPage<SelectedRow>,
  summary: ReadonlyMap<string, number | undefined>,
  signal: AbortSignal,
): Promise<QueryCounts> {
  const [byAccount, byName] = await Promise.all([
    countGroups(select, 'accountId', Number.POSITIVE_INFINITY, signal),
    countGroups(select, 'resourceName', maxPackPages, signal),
  ]);
  // Without a limit of pages, the groups are complete.
  const accounts = [...(byAccount ?? [])].map(([account, counts]) => ({ account, ...counts }));
  return {
    accounts: accounts.sort(compareWorstFirst),
    packs: byName && mergePacks(byName),
    differences: compare(new Map(accounts.map((counts) => [counts.account, counts])), summary),
  };
}

/** Counts packs by a property and state. Undefined if there are more than `maxPages` of groups. */
async function countGroups(
  select: (expression: string) => FetchPage<SelectedRow>,
  property: 'accountId' | 'resourceName',
  maxPages: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StateCounts> | undefined> {
  const groups = new Map<string, Map<string, number>>();
  const isNew = (row: SelectedRow): boolean => {
    const { name, compliance, count } = readGroup(row, property);
    const states = groups.get(name) ?? new Map<string, number>();
    groups.set(name, states);
    return states.size < states.set(compliance, count).size;
  };
  let pages = 0;
  for await (const _ of iteratePages(select(groupBy(property)), signal, isNew)) {
    pages += 1;
    if (pages > maxPages) return undefined;
  }
  return new Map([...groups].map(([name, states]) => [name, toStateCounts(states)]));
}

function readGroup(row: SelectedRow, property: string) {
  const { [property]: name, 'COUNT(*)': count } = row;
  const { complianceType: compliance } = asRecord(row.configuration);
  if (typeof name === 'string' && typeof count === 'number' && Number.isSafeInteger(count) && count >= 0)
    return { name, count, compliance: String(compliance) };
  throw new ComplianceError('unreadable', 'A row of the query has no name or no count.', {
    operation: 'SelectAggregateResourceConfig',
  });
}

function toStateCounts(states: ReadonlyMap<string, number>): StateCounts {
  const { COMPLIANT = 0, INSUFFICIENT_DATA = 0, NON_COMPLIANT = 0, ...others } = Object.fromEntries(states);
  const unknown = Object.values(others).reduce((sum, count) => sum + count, 0);
  const packs = COMPLIANT + INSUFFICIENT_DATA + NON_COMPLIANT + unknown;
  return { packs, compliant: COMPLIANT, insufficientData: INSUFFICIENT_DATA, nonCompliant: NON_COMPLIANT, unknown };
}

/** Adds up the deployed names of each pack. */
function mergePacks(byName: ReadonlyMap<string, StateCounts>): readonly PackGroupCounts[] {
  const grouping = new PackGrouping();
  const sums: StateCounts[] = [];
  for (const [name, counts] of byName) {
    const number = grouping.add(name);
    sums[number] = addCounts(sums[number], counts);
  }
  return sums
    .flatMap((counts, number) => {
      const pack = grouping.groups[number];
      return pack ? [{ pack, ...counts }] : [];
    })
    .sort(compareWorstFirst);
}

const addCounts = (sum: StateCounts | undefined, counts: StateCounts): StateCounts =>
  sum
    ? {
        packs: sum.packs + counts.packs,
        compliant: sum.compliant + counts.compliant,
        insufficientData: sum.insufficientData + counts.insufficientData,
        nonCompliant: sum.nonCompliant + counts.nonCompliant,
        unknown: sum.unknown + counts.unknown,
      }
    : counts;

function compare(
  counted: ReadonlyMap<string, StateCounts>,
  summary: ReadonlyMap<string, number | undefined>,
): readonly CountedDifference[] {
  return [...new Set([...summary.keys(), ...counted.keys()])].flatMap((account) => {
    const counts = counted.get(account);
    const byQuery = counts ? counts.compliant + counts.nonCompliant : 0;
    const bySummary = summary.has(account) ? summary.get(account) : 0;
    return bySummary === undefined || byQuery === bySummary ? [] : { account, byQuery, bySummary };
  });
}
