import type { AccountAndRegion, AggregateRow } from '../model.ts';
import {
  type Change,
  type Comparison,
  comparePackReadings,
  compareResourceReadings,
  compareRowReadings,
  compareRuleReadings,
  type ResourceChanges,
} from './compare.ts';
import { MergedRowReadings } from './mergedRowReadings.ts';
import {
  type Gap,
  getListId,
  getListKey,
  getScopeKey,
  isGap,
  type ListId,
  type PacksReading,
  type Reading,
  type RowsReading,
  type RulesReading,
  type StoredPack,
  type StoredRule,
  type Visit,
} from './reading.ts';

/** When the two compared readings were read, epoch milliseconds; of several, the oldest. */
export interface ReadTimes {
  readonly before: number;
  readonly after: number;
}

export interface RulesComparison extends Comparison<StoredRule> {
  readonly pack: string;
  readonly packId: string;
  readonly times: ReadTimes;
  readonly resources: readonly ResourceChanges[];
}

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

/** What could not be compared, with the reason as a clause. */
export interface NotCompared {
  readonly subject: ListId;
  readonly reason: NotComparedReason;
}

export type NotComparedReason =
  | { readonly kind: 'notReadThen' | 'notReadNow' | 'notReadSince' }
  /** An attempt to read it failed or was cancelled, then or now. */
  | { readonly kind: 'gap'; readonly when: 'then' | 'now'; readonly at: number; readonly reason: string }
  /** Rows of an aggregator that only one of the two readings covers, or both with nothing newer. */
  | { readonly kind: 'rowsNotReadThen' | 'rowsNotReadNow' | 'rowsNotReadSince'; readonly rows: number };

/** The differences between two times in one account and region. */
export interface ScopeChanges {
  readonly scope: AccountAndRegion;
  readonly packs?: Comparison<StoredPack> & { readonly times: ReadTimes };
  readonly rules: readonly RulesComparison[];
  readonly aggregators: readonly AggregatorComparison[];
  readonly notCompared: readonly NotCompared[];
}

/**
 * Compares what was read of one account and region. Only what both sides have read to its end is compared; everything
 * else is listed with the reason. Visits of another account or region are ignored.
 */
export function compareScope(scope: AccountAndRegion, before: readonly Visit[], after: readonly Visit[]): ScopeChanges {
  const [then, now] = [new Side(scope, before), new Side(scope, after)];
  const notCompared: NotCompared[] = [];
  const addNotCompared = (subject: ListId, reason: NotComparedReason) => notCompared.push({ subject, reason });
  const packs = pairReadings({ kind: 'packs' }, then, now, isPacksReading, addNotCompared);
  const existing = new Map(packs?.after.packs.map(({ id, name }) => [id ?? '', name]));
  const rules = getRulesSubjects(then, now).flatMap((subject): RulesComparison[] => {
    // Rules of a pack that is gone, or was not there, are part of that change.
    const wasThere = packs?.before.packs.some(({ id }) => id === subject.packId) ?? true;
    if (packs && (!existing.has(subject.packId) || !wasThere)) return [];
    const pair = pairReadings(subject, then, now, isRulesReading, addNotCompared);
    return pair ? [toRulesComparison(pair)] : [];
  });
  return {
    scope,
    ...(packs && { packs: { ...comparePackReadings(packs.before.packs, packs.after.packs), times: getTimes(packs) } }),
    rules,
    aggregators: getAggregators(then, now).flatMap((aggregator) =>
      compareAggregator(aggregator, then, now, addNotCompared),
    ),
    notCompared,
  };
}

interface Pair<R extends Reading> {
  readonly before: R;
  readonly after: R;
}

/** The visits of one side, the latest of each subject. */
class Side {
  readonly readings = new Map<string, Reading>();
  readonly gaps = new Map<string, Gap>();

  constructor(scope: AccountAndRegion, visits: readonly Visit[]) {
    for (const visit of visits.toSorted((a, b) => a.readAt - b.readAt)) {
      if (getScopeKey(visit.scope) !== getScopeKey(scope)) continue;
      const key = getListKey(getListId(visit));
      if (isGap(visit)) {
        this.gaps.set(key, visit);
      } else {
        this.readings.set(key, visit);
        this.gaps.delete(key);
      }
    }
  }

  getSubjects(): readonly ListId[] {
    return [...this.readings.values(), ...this.gaps.values()].map(getListId);
  }
}

const isPacksReading = (reading: Reading | undefined): reading is PacksReading => reading?.kind === 'packs';
const isRulesReading = (reading: Reading | undefined): reading is RulesReading => reading?.kind === 'rules';

type AddNotCompared = (subject: ListId, reason: NotComparedReason) => void;

/** The readings of a subject on both sides; undefined, and a reason, if one is missing. */
function pairReadings<R extends Reading>(
  subject: ListId,
  then: Side,
  now: Side,
  isOfKind: (reading: Reading | undefined) => reading is R,
  addNotCompared: AddNotCompared,
): Pair<R> | undefined {
  const key = getListKey(subject);
  const [before, after] = [then.readings.get(key), now.readings.get(key)];
  addGaps((gap) => getListKey(gap) === key, then, now, addNotCompared);
  if (isOfKind(before) && isOfKind(after) && before.readAt < after.readAt) return { before, after };
  const hasGap = (!before && then.gaps.has(key)) || (!after && now.gaps.has(key));
  if (!hasGap) addNotCompared(subject, { kind: !after ? 'notReadNow' : !before ? 'notReadThen' : 'notReadSince' });
  return undefined;
}

/** Lists the gaps of some subjects. Returns whether there are any. */
function addGaps(
  isIncluded: (subject: ListId) => boolean,
  then: Side,
  now: Side,
  addNotCompared: AddNotCompared,
): boolean {
  const gaps = [
    ...[...then.gaps.values()].map((gap) => ({ ...gap, when: 'then' as const })),
    ...[...now.gaps.values()].map((gap) => ({ ...gap, when: 'now' as const })),
  ].filter(({ subject }) => isIncluded(subject));
  for (const { subject, when, readAt: at, reason } of gaps) addNotCompared(subject, { kind: 'gap', when, at, reason });
  return gaps.length > 0;
}

const getTimes = ({ before, after }: Pair<Reading>): ReadTimes => ({ before: before.readAt, after: after.readAt });

const toRulesComparison = (pair: Pair<RulesReading>): RulesComparison => ({
  ...compareRuleReadings(pair.before.rules, pair.after.rules),
  pack: pair.after.pack,
  packId: pair.after.packId,
  times: getTimes(pair),
  resources: compareResourceReadings(pair.before.rules, pair.after.rules),
});

function getRulesSubjects(then: Side, now: Side) {
  const subjects = [...then.getSubjects(), ...now.getSubjects()].flatMap((subject) =>
    subject.kind === 'rules' ? subject : [],
  );
  return [...new Map(subjects.map((subject) => [subject.packId, subject])).values()];
}

const getAggregators = (then: Side, now: Side): readonly string[] => [
  ...new Set(
    [...then.getSubjects(), ...now.getSubjects()].flatMap((each) => (each.kind === 'rows' ? each.aggregator : [])),
  ),
];

function compareAggregator(
  aggregator: string,
  then: Side,
  now: Side,
  addNotCompared: AddNotCompared,
): readonly AggregatorComparison[] {
  const isOfAggregator = (subject: ListId) => subject.kind === 'rows' && subject.aggregator === aggregator;
  const hasGap = addGaps(isOfAggregator, then, now, addNotCompared);
  const getReadings = ({ readings }: Side): RowsReading[] =>
    [...readings.values()].flatMap((reading) =>
      reading.kind === 'rows' && reading.aggregator === aggregator ? reading : [],
    );
  const [earlier, later] = [getReadings(then), getReadings(now)];
  const subject: ListId = { kind: 'rows', aggregator, filter: {} };
  if (earlier.length === 0 || later.length === 0) {
    if (!hasGap) addNotCompared(subject, { kind: later.length === 0 ? 'notReadNow' : 'notReadThen' });
    return [];
  }
  const newestBefore = new Map(earlier.map((reading) => [getListKey(reading), reading.readAt]));
  if (later.every((reading) => reading.readAt <= (newestBefore.get(getListKey(reading)) ?? 0))) {
    addNotCompared(subject, { kind: 'notReadSince' });
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
    if (rows > 0) addNotCompared(subject, { kind, rows });
  };
  addUncovered('rowsNotReadNow', rowsBefore.length - coveredBefore.length);
  addUncovered('rowsNotReadSince', coveredBefore.length - comparableBefore.length);
  addUncovered('rowsNotReadThen', rowsAfter.length - coveredAfter.length);
  const { changes, uncertain } = compareRowReadings(comparableBefore, comparableAfter);
  const noLongerReporting = findSilent(comparableBefore, rowsAfter, after);
  const newlyReporting = findSilent(comparableAfter, rowsBefore, before);
  const silent = new Set(noLongerReporting.map(getScopeKey));
  const fresh = new Set(newlyReporting.map(getScopeKey));
  const isOfScope = ({ before: old, after: current }: Change<AggregateRow>) =>
    (!current && old && silent.has(getScopeKey(old))) || (!old && current && fresh.has(getScopeKey(current)));
  const times = {
    before: Math.min(...earlier.map(({ readAt }) => readAt)),
    after: Math.min(...later.map(({ readAt }) => readAt)),
  };
  return [
    {
      aggregator,
      times,
      changes: changes.filter((change) => !isOfScope(change)),
      uncertain,
      noLongerReporting,
      newlyReporting,
    },
  ];
}

const getReadAt = (merged: MergedRowReadings, row: AggregateRow): number => merged.findReading(row)?.readAt ?? 0;

/** The accounts and regions of rows that have no row in another reading of everything. */
function findSilent(
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
