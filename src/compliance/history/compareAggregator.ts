import type { AccountAndRegion, AggregateRow } from '../model.ts';
import { type Change, type Comparison, compareRowReadings, type ReadTimes } from './compareReadings.ts';
import type { LatestVisits } from './latestVisits.ts';
import { MergedRowReadings } from './mergedRowReadings.ts';
import { type AddNotCompared, addGaps } from './notCompared.ts';
import { getListKey, getScopeKey, type ListId, type RowsReading } from './reading.ts';

/** An account and region with all of its packs in an aggregator. */
export interface ReportingScope extends AccountAndRegion {
  readonly packs: number;
}

export interface AggregatorComparison extends Comparison<AggregateRow> {
  readonly aggregator: string;
  readonly times: ReadTimes;
  /** Had rows, and has none although all of its rows were read. Their rows are not among the changes. */
  readonly noLongerReporting: readonly ReportingScope[];
  /** Has rows, and had none although all of its rows were read. */
  readonly newlyReporting: readonly ReportingScope[];
}

/** Compares what was read of an aggregator's rows. Empty, and a reason, if it was not read to its end on both sides. */
export function compareAggregator(
  aggregator: string,
  visitsBefore: LatestVisits,
  visitsAfter: LatestVisits,
  addNotCompared: AddNotCompared,
): readonly AggregatorComparison[] {
  const isOfAggregator = (listId: ListId) => listId.kind === 'rows' && listId.aggregator === aggregator;
  const hasGap = addGaps(isOfAggregator, visitsBefore, visitsAfter, addNotCompared);
  const getReadings = ({ readings }: LatestVisits): RowsReading[] =>
    [...readings.values()].flatMap((reading) =>
      reading.kind === 'rows' && reading.aggregator === aggregator ? reading : [],
    );
  const [earlier, later] = [getReadings(visitsBefore), getReadings(visitsAfter)];
  const listId: ListId = { kind: 'rows', aggregator, filter: {} };
  if (earlier.length === 0 || later.length === 0) {
    if (!hasGap) addNotCompared(listId, { kind: later.length === 0 ? 'notReadNow' : 'notReadThen' });
    return [];
  }
  const newestBefore = new Map(earlier.map((reading) => [getListKey(reading), reading.readAt]));
  if (later.every((reading) => reading.readAt <= (newestBefore.get(getListKey(reading)) ?? 0))) {
    addNotCompared(listId, { kind: 'notReadSince' });
    return [];
  }
  const [before, after] = [new MergedRowReadings(earlier), new MergedRowReadings(later)];
  const [rowsBefore, rowsAfter] = [before.getRows(), after.getRows()];
  const [coveredBefore, coveredAfter] = [
    rowsBefore.filter((row) => after.covers(row)),
    rowsAfter.filter((row) => before.covers(row)),
  ];
  const isReadSince = (row: AggregateRow) => getReadAt(after, row) > getReadAt(before, row);
  const [comparableBefore, comparableAfter] = [coveredBefore.filter(isReadSince), coveredAfter.filter(isReadSince)];
  const addUncovered = (kind: 'rowsNotReadThen' | 'rowsNotReadNow' | 'rowsNotReadSince', rows: number) => {
    if (rows > 0) addNotCompared(listId, { kind, rows });
  };
  addUncovered('rowsNotReadNow', rowsBefore.length - coveredBefore.length);
  addUncovered('rowsNotReadSince', coveredBefore.length - comparableBefore.length);
  addUncovered('rowsNotReadThen', rowsAfter.length - coveredAfter.length);
  const { changes, uncertain } = compareRowReadings(comparableBefore, comparableAfter);
  const noLongerReporting = findScopesWithoutRows(comparableBefore, rowsAfter, after);
  const newlyReporting = findScopesWithoutRows(comparableAfter, rowsBefore, before);
  const goneScopes = new Set(noLongerReporting.map(getScopeKey));
  const newScopes = new Set(newlyReporting.map(getScopeKey));
  const isOfWholeScope = ({ before: old, after: current }: Change<AggregateRow>) =>
    (!current && old && goneScopes.has(getScopeKey(old))) || (!old && current && newScopes.has(getScopeKey(current)));
  const times = {
    before: Math.min(...earlier.map(({ readAt }) => readAt)),
    after: Math.min(...later.map(({ readAt }) => readAt)),
  };
  return [
    {
      aggregator,
      times,
      changes: changes.filter((change) => !isOfWholeScope(change)),
      uncertain,
      noLongerReporting,
      newlyReporting,
    },
  ];
}

const getReadAt = (merged: MergedRowReadings, row: AggregateRow): number => merged.findReading(row)?.readAt ?? 0;

/** The accounts and regions of rows that have no row in another reading of everything. */
function findScopesWithoutRows(
  rows: readonly AggregateRow[],
  others: readonly AggregateRow[],
  merged: MergedRowReadings,
): ReportingScope[] {
  const reporting = new Set(others.map(getScopeKey));
  const counts = new Map<string, ReportingScope>();
  for (const { account, region } of rows) {
    const key = getScopeKey({ account, region });
    if (!reporting.has(key)) counts.set(key, { account, region, packs: (counts.get(key)?.packs ?? 0) + 1 });
  }
  return [...counts.values()].filter((scope) => merged.covers(scope));
}
