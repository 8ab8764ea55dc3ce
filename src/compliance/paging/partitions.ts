import { ComplianceError } from '../errors.ts';
import type { AggregateRow, ComplianceType, PackCount, SummaryKey } from '../model.ts';
import type { RowFilter } from '../source.ts';
import { iteratePages, restartOnce } from './iteratePages.ts';
import type { FetchPage } from './pages.ts';

/** Reads pages of an aggregator. */
export interface AggregateFetchers {
  /** Pages of DescribeAggregateComplianceByConformancePacks. */
  readonly fetchRows: (filter: RowFilter) => FetchPage<AggregateRow>;
  /** Pages of GetAggregateConformancePackComplianceSummary. */
  readonly fetchCounts: (by: SummaryKey, filter: RowFilter) => FetchPage<PackCount>;
}

/** Rows of an aggregator that are read as one chain of pages. */
export interface RowPartition {
  readonly filter: RowFilter;
  /** The number of compliant and non-compliant rows, according to the summary. Undefined if the summary does not tell. */
  readonly evaluatedRows: number | undefined;
}

/** The service's maximum of rows per page. */
const pageRows = 100;
/** A reading of at most this many rows is one chain of pages. */
const maxRowsInOneChain = 2_000;
/** An account with more rows is split by region. */
const maxRowsPerAccount = 1_000;
/** Partitions by account may need this many times the requests of one chain, because their last pages are not full. */
const maxRequestRatio = 2;

/**
 * Divides the rows of an aggregator into partitions, largest first: accounts, split by region where large, or regions if
 * the accounts have few rows each. A row never moves to another partition. Where the summary is denied or does not
 * cover the filter, or the rows are few, there is one partition. Rejects with the error of the summary.
 */
export async function planPartitions(
  fetchers: AggregateFetchers,
  filter: RowFilter,
  signal: AbortSignal,
): Promise<readonly RowPartition[]> {
  const whole = [{ filter, evaluatedRows: undefined }];
  if (filter.pack !== undefined || filter.compliance === 'INSUFFICIENT_DATA') return whole;
  try {
    const split = (by: SummaryKey, within: RowFilter) => splitBy(fetchers, by, within, signal);
    const partitions = filter.account === undefined ? await split('account', filter) : await split('region', filter);
    if (sumRows(partitions) <= maxRowsInOneChain) return whole;
    const isByAccount = filter.account === undefined && isWorthwhile(partitions);
    const selected =
      filter.account !== undefined || isByAccount
        ? await splitLarge(partitions, filter, (each) => split('region', each))
        : await split('region', filter);
    if (!haveAllRows(selected, partitions)) return whole;
    return [...findUncounted(filter), ...selected.toSorted((a, b) => getRows(b) - getRows(a))];
  } catch (thrown) {
    if (thrown instanceof ComplianceError && thrown.kind === 'denied') return whole;
    throw thrown;
  }
}

/** Creates a partition for each group of the summary, unless the summary says that the group has no rows. */
async function splitBy(
  { fetchCounts }: AggregateFetchers,
  by: SummaryKey,
  filter: RowFilter,
  signal: AbortSignal,
): Promise<readonly RowPartition[]> {
  const { compliance, ...countFilter } = filter;
  const counts = await readCounts(fetchCounts(by, countFilter), signal);
  return counts
    .map((count) => ({ filter: { ...filter, [by]: count.name }, evaluatedRows: countRows(count, compliance) }))
    .filter(({ evaluatedRows }) => evaluatedRows !== 0);
}

async function splitLarge(
  partitions: readonly RowPartition[],
  { region }: RowFilter,
  splitByRegion: (filter: RowFilter) => Promise<readonly RowPartition[]>,
): Promise<readonly RowPartition[]> {
  const parts = await Promise.all(
    partitions.map(async (each) => {
      const isLarge = region === undefined && each.filter.region === undefined && getRows(each) > maxRowsPerAccount;
      const split = isLarge ? await splitByRegion(each.filter) : [];
      return isLarge && haveAllRows(split, [each]) ? split : [each];
    }),
  );
  return parts.flat();
}

/** Whether parts have as many rows as what they divide. The summary may not know all of an account's regions. */
const haveAllRows = (parts: readonly RowPartition[], divided: readonly RowPartition[]): boolean =>
  parts.some(({ evaluatedRows }) => evaluatedRows === undefined) || sumRows(parts) >= sumRows(divided);

function countRows(count: PackCount, compliance: ComplianceType | undefined): number | undefined {
  const { compliantPacks, nonCompliantPacks, countsText } = count;
  if (countsText !== undefined) return undefined;
  if (compliance === 'COMPLIANT') return compliantPacks;
  return compliance === 'NON_COMPLIANT' ? nonCompliantPacks : compliantPacks + nonCompliantPacks;
}

/** The summary counts no rows with insufficient data, and may leave out accounts that have no others. */
const findUncounted = (filter: RowFilter): readonly RowPartition[] =>
  filter.compliance === undefined
    ? [{ filter: { ...filter, compliance: 'INSUFFICIENT_DATA' }, evaluatedRows: undefined }]
    : [];

const getRows = ({ evaluatedRows = 0 }: RowPartition): number => evaluatedRows;

const sumRows = (partitions: readonly RowPartition[]): number =>
  partitions.reduce((sum, each) => sum + getRows(each), 0);

function isWorthwhile(partitions: readonly RowPartition[]): boolean {
  const requests = partitions.reduce((sum, each) => sum + Math.ceil(getRows(each) / pageRows), 0);
  return requests <= maxRequestRatio * Math.ceil(sumRows(partitions) / pageRows);
}

/** Reads all pages, each group once. */
const readCounts = (fetch: FetchPage<PackCount>, signal: AbortSignal): Promise<readonly PackCount[]> =>
  restartOnce(async () => {
    const counts = new Map<string, PackCount>();
    const isNew = (count: PackCount) => counts.size < counts.set(count.name, count).size;
    for await (const _ of iteratePages(fetch, signal, isNew));
    return [...counts.values()];
  }, signal);
