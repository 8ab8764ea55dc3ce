import type { SlicedWork } from '../../timeSlicing.ts';
import type { ReadProgress } from '../paging/partitionedReader.ts';
import {
  type CountMatrix,
  compareWorstFirst,
  countCells,
  countSortedCells,
  getLine,
  type PackGroupCounts,
  type StateCounts,
  sumCells,
} from './cells.ts';
import { sortByRank } from './countingSort.ts';
import type { PackGroup } from './packGroups.ts';
import { createAccountColumn, createPackColumn, createRegionColumn } from './rankedColumns.ts';
import { type RowColumns, stateCount } from './rowColumns.ts';
import { forEachSlice } from './slices.ts';

/** Lines of a table that are summed between two pauses. */
const linesPerSlice = 64;

/** The accounts and regions that an aggregator covers, as far as they are known without rows. */
export interface AggregatorScopes {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** The rows to rank, and how many have been read. A ranking of a part of the rows must say so. */
export interface RankingInput {
  readonly columns: RowColumns;
  /** Row numbers. */
  readonly rows: Uint32Array;
  readonly progress: ReadProgress;
}

export interface Ranking<T> {
  readonly progress: ReadProgress;
  /** Worst first. */
  readonly ranks: readonly T[];
}

export interface RegionCounts extends StateCounts {
  readonly region: string;
}

export interface AccountRank extends StateCounts {
  readonly account: string;
  /** Worst first. */
  readonly regions: readonly RegionCounts[];
}

/** Ranks accounts by the share of non-compliant packs among those with a result, then by their number. */
export function* rankAccounts({ columns, rows, progress }: RankingInput): SlicedWork<Ranking<AccountRank>> {
  const [accounts, regions] = [createAccountColumn(columns), createRegionColumn(columns)];
  const cells = yield* countCells(rows, columns.states, accounts, regions);
  const ranks: AccountRank[] = [];
  for (const [line, account] of accounts.labels.entries()) {
    if (line % linesPerSlice === 0) yield;
    const [start, end] = getLine(cells, line);
    if (start === end) continue;
    const byRegion = Array.from({ length: end - start }, (_, index) => ({
      region: regions.labels[cells.columns[start + index] ?? 0] ?? '',
      ...sumCells(cells, start + index, start + index + 1),
    }));
    ranks.push({ account, ...sumCells(cells, start, end), regions: byRegion.sort(compareWorstFirst) });
  }
  return { progress, ranks: ranks.sort(compareWorstFirst) };
}

export interface PackRank extends PackGroupCounts {
  /** The indices in `PackRanking.accounts` of the accounts that have the pack. */
  readonly accountIndices: Uint32Array;
  /** The indices in `PackRanking.regions` of the regions that have the pack in any account. */
  readonly regionIndices: Uint32Array;
}

export interface PackRanking extends Ranking<PackRank> {
  /** All accounts of the aggregator: those with rows and those that it is known to cover. */
  readonly accounts: readonly string[];
  /** All regions of the aggregator, likewise. */
  readonly regions: readonly string[];
}

/** Ranks packs across accounts, with their coverage of the aggregator's accounts and regions. */
export function* rankPacks(
  { columns, rows, progress }: RankingInput,
  known: AggregatorScopes,
): SlicedWork<PackRanking> {
  const packs = createPackColumn(columns);
  const accounts = createAccountColumn(columns, known.accounts);
  const regions = createRegionColumn(columns, known.regions);
  const sorted = yield* sortByRank(rows, packs);
  const byAccount = yield* countSortedCells(sorted, columns.states, packs, accounts);
  const byRegion = yield* countSortedCells(sorted, columns.states, packs, regions);
  const ranks: PackRank[] = [];
  for (const [line, pack] of packs.labels.entries()) {
    if (line % linesPerSlice === 0) yield;
    const [start, end] = getLine(byAccount, line);
    if (start === end) continue;
    const accountIndices = byAccount.columns.subarray(start, end);
    const regionIndices = byRegion.columns.subarray(...getLine(byRegion, line));
    ranks.push({ pack, ...sumCells(byAccount, start, end), accountIndices, regionIndices });
  }
  return { progress, ranks: ranks.sort(compareWorstFirst), accounts: accounts.labels, regions: regions.labels };
}

/** Finds the labels that lack a pack: those without an index in a `PackRank`. */
export function findLacking(labels: readonly string[], indices: Uint32Array): readonly string[] {
  const present = new Uint8Array(labels.length);
  for (const index of indices) present[index] = 1;
  return labels.filter((_, index) => !present[index]);
}

/** Accounts by packs: how many rows of which state each account has of each pack. */
export interface AccountPackMatrix {
  readonly progress: ReadProgress;
  /** Account IDs, ascending; one row of the matrix each. */
  readonly accounts: readonly string[];
  /** The columns, ascending. */
  readonly packs: readonly PackGroup[];
  readonly cells: CountMatrix;
}

/** Counts the rows of each account and pack. */
export function* createMatrix({ columns, rows, progress }: RankingInput): SlicedWork<AccountPackMatrix> {
  const [accounts, packs] = [createAccountColumn(columns), createPackColumn(columns)];
  const cells = yield* countCells(rows, columns.states, accounts, packs);
  return { progress, accounts: accounts.labels, packs: packs.labels, cells };
}

/** Counts rows by state. */
export function* countStates({
  columns: { states },
  rows,
  progress,
}: RankingInput): SlicedWork<StateCounts & { readonly progress: ReadProgress }> {
  const counts = new Uint32Array(stateCount);
  yield* forEachSlice(rows.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const state = states[rows[i] ?? 0] ?? 0;
      counts[state] = (counts[state] ?? 0) + 1;
    }
  });
  const cells = { starts: Uint32Array.of(0, 1), columns: new Uint32Array(1), states: new Uint8Array(1), counts };
  return { ...sumCells(cells, 0, 1), progress };
}
