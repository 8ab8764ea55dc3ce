import type { AccountAndRegion } from '../model.ts';
import { type AggregatorComparison, compareAggregator } from './compareAggregator.ts';
import {
  type Comparison,
  comparePackReadings,
  compareResourceReadings,
  compareRuleReadings,
  type ReadTimes,
  type ResourceChanges,
} from './compareReadings.ts';
import { LatestVisits } from './latestVisits.ts';
import { type AddNotCompared, addGaps, type NotCompared, type NotComparedReason } from './notCompared.ts';
import {
  getListKey,
  type ListId,
  type PacksReading,
  type Reading,
  type RulesReading,
  type StoredPack,
  type StoredRule,
  type Visit,
} from './reading.ts';

export interface RulesComparison extends Comparison<StoredRule> {
  readonly pack: string;
  readonly packId: string;
  readonly times: ReadTimes;
  readonly resources: readonly ResourceChanges[];
}

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
export function compareScope(
  scope: AccountAndRegion,
  visitsBefore: readonly Visit[],
  visitsAfter: readonly Visit[],
): ScopeChanges {
  const [before, after] = [new LatestVisits(scope, visitsBefore), new LatestVisits(scope, visitsAfter)];
  const notCompared: NotCompared[] = [];
  const addNotCompared = (listId: ListId, reason: NotComparedReason) => notCompared.push({ listId, reason });
  const packs = pairReadings({ kind: 'packs' }, before, after, isPacksReading, addNotCompared);
  const existing = new Set(packs?.after.packs.map(({ id }) => id));
  const rules = getRulesListIds(before, after).flatMap((listId): RulesComparison[] => {
    // Rules of a pack that is gone, or was not there, are part of that change.
    const wasThere = packs?.before.packs.some(({ id }) => id === listId.packId) ?? true;
    if (packs && (!existing.has(listId.packId) || !wasThere)) return [];
    const pair = pairReadings(listId, before, after, isRulesReading, addNotCompared);
    return pair ? [toRulesComparison(pair)] : [];
  });
  return {
    scope,
    ...(packs && { packs: { ...comparePackReadings(packs.before.packs, packs.after.packs), times: getTimes(packs) } }),
    rules,
    aggregators: getAggregators(before, after).flatMap((aggregator) =>
      compareAggregator(aggregator, before, after, addNotCompared),
    ),
    notCompared,
  };
}

interface Pair<R extends Reading> {
  readonly before: R;
  readonly after: R;
}

const isPacksReading = (reading: Reading | undefined): reading is PacksReading => reading?.kind === 'packs';
const isRulesReading = (reading: Reading | undefined): reading is RulesReading => reading?.kind === 'rules';

/** The readings of a list on both sides; undefined, and a reason, if one is missing. */
function pairReadings<R extends Reading>(
  listId: ListId,
  before: LatestVisits,
  after: LatestVisits,
  isOfKind: (reading: Reading | undefined) => reading is R,
  addNotCompared: AddNotCompared,
): Pair<R> | undefined {
  const key = getListKey(listId);
  const [earlier, later] = [before.readings.get(key), after.readings.get(key)];
  addGaps((gap) => getListKey(gap) === key, before, after, addNotCompared);
  if (isOfKind(earlier) && isOfKind(later) && earlier.readAt < later.readAt) return { before: earlier, after: later };
  const hasGap = (!earlier && before.gaps.has(key)) || (!later && after.gaps.has(key));
  if (!hasGap) addNotCompared(listId, { kind: !later ? 'notReadNow' : !earlier ? 'notReadThen' : 'notReadSince' });
  return undefined;
}

const getTimes = ({ before, after }: Pair<Reading>): ReadTimes => ({ before: before.readAt, after: after.readAt });

const toRulesComparison = (pair: Pair<RulesReading>): RulesComparison => ({
  ...compareRuleReadings(pair.before.rules, pair.after.rules),
  pack: pair.after.pack,
  packId: pair.after.packId,
  times: getTimes(pair),
  resources: compareResourceReadings(pair.before.rules, pair.after.rules),
});

function getRulesListIds(before: LatestVisits, after: LatestVisits) {
  const listIds = [...before.getListIds(), ...after.getListIds()].flatMap((listId) =>
    listId.kind === 'rules' ? listId : [],
  );
  return [...new Map(listIds.map((listId) => [listId.packId, listId])).values()];
}

const getAggregators = (before: LatestVisits, after: LatestVisits): readonly string[] => [
  ...new Set(
    [...before.getListIds(), ...after.getListIds()].flatMap((each) => (each.kind === 'rows' ? each.aggregator : [])),
  ),
];
