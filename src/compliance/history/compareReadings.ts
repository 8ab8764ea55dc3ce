import { type AggregateRow, getRowKey, isFailedState } from '../model.ts';
import type { StoredPack, StoredResource, StoredRule } from './reading.ts';

/** What became of something between two readings. */
export type Direction = 'worse' | 'better' | 'appeared' | 'vanished';

export const directions: readonly Direction[] = ['worse', 'better', 'appeared', 'vanished'];

/** A difference between two readings. Without `before`, it appeared; without `after`, it vanished. */
export interface Change<T> {
  readonly direction: Direction;
  readonly before?: T;
  readonly after?: T;
}

/** Something in both readings that cannot be compared, with the reason as a clause. */
export interface Uncertain<T> {
  readonly item: T;
  readonly reason: string;
}

/** When the two compared readings were read, epoch milliseconds; of several, the oldest. */
export interface ReadTimes {
  readonly before: number;
  readonly after: number;
}

export interface Comparison<T> {
  readonly changes: readonly Change<T>[];
  readonly uncertain: readonly Uncertain<T>[];
}

/** The result for two versions of one thing: a direction, undefined if nothing changed, or why they cannot be compared. */
type Verdict = 'worse' | 'better' | undefined | { readonly reason: string };

/** Compares the packs of an account and region. A pack with another id is another pack, even under the same name. */
export function comparePackReadings(
  before: readonly StoredPack[],
  after: readonly StoredPack[],
): Comparison<StoredPack> {
  const unidentified = new Set([...before, ...after].filter(({ id }) => id === undefined).map(({ name }) => name));
  const isIdentified = ({ name }: StoredPack) => !unidentified.has(name);
  const { changes, uncertain } = compareByKey(
    before.filter(isIdentified),
    after.filter(isIdentified),
    ({ id = '' }) => id,
    judgePack,
  );
  const items = new Map([...before, ...after].filter((pack) => !isIdentified(pack)).map((pack) => [pack.name, pack]));
  const reason = 'it has no deployment, so it may be another pack of the same name';
  return { changes, uncertain: [...uncertain, ...[...items.values()].map((item) => ({ item, reason }))] };
}

function judgePack(before: StoredPack, after: StoredPack): Verdict {
  const [hadFailed, hasFailed] = [isFailedState(before.state), isFailedState(after.state)];
  if (hadFailed !== hasFailed) return hasFailed ? 'worse' : 'better';
  if (before.percent === undefined && after.percent === undefined) return undefined;
  if (after.percent === undefined) return { reason: 'it no longer has a score' };
  if (before.percent === undefined) return { reason: 'it had no score' };
  return judgeNumbers(after.percent, before.percent);
}

/** Compares the rules of one pack. */
export const compareRuleReadings = (
  before: readonly StoredRule[],
  after: readonly StoredRule[],
): Comparison<StoredRule> =>
  compareByKey(
    before,
    after,
    ({ name }) => name,
    (previous, current) =>
      judgeCompliance(previous.compliance, current.compliance, () =>
        judgeNumbers(previous.failing.length, current.failing.length),
      ),
  );

/** The failing resources of a rule that are in one reading only. Why one no longer fails is unknown: it may be gone. */
export interface ResourceChanges {
  readonly rule: string;
  readonly nowFailing: readonly StoredResource[];
  readonly noLongerFailing: readonly StoredResource[];
}

/** Compares the failing resources of the rules that are in both readings, and returns those with a difference. */
export function compareResourceReadings(
  before: readonly StoredRule[],
  after: readonly StoredRule[],
): readonly ResourceChanges[] {
  const previous = new Map(before.map((rule) => [rule.name, rule]));
  return after.flatMap(({ name, failing }) => {
    const earlier = previous.get(name);
    if (!earlier) return [];
    const nowFailing = subtract(failing, earlier.failing);
    const noLongerFailing = subtract(earlier.failing, failing);
    return nowFailing.length + noLongerFailing.length === 0 ? [] : [{ rule: name, nowFailing, noLongerFailing }];
  });
}

const getStoredKey = ({ type, id }: StoredResource): string => `${type}/${id}`;

function subtract(from: readonly StoredResource[], others: readonly StoredResource[]): StoredResource[] {
  const keys = new Set(others.map(getStoredKey));
  return from.filter((resource) => !keys.has(getStoredKey(resource)));
}

/** Compares rows of an aggregator, which has no ids of packs: a row is the same if account, region and name are. */
export const compareRowReadings = (
  before: readonly AggregateRow[],
  after: readonly AggregateRow[],
): Comparison<AggregateRow> =>
  compareByKey(before, after, getRowKey, (previous, current) =>
    judgeCompliance(previous.compliance, current.compliance, () =>
      previous.countsText === undefined && current.countsText === undefined
        ? judgeNumbers(previous.nonCompliantRules, current.nonCompliantRules)
        : undefined,
    ),
  );

/** Whether a compliance state is the result of an evaluation. Other states say nothing about better or worse. */
export const isResult = (state: string | undefined): boolean => state === 'COMPLIANT' || state === 'NON_COMPLIANT';

/** Compares compliance states; the counts only where the state has not changed. */
function judgeCompliance(before: string | undefined, after: string | undefined, judgeCounts: () => Verdict): Verdict {
  if (before === after) return judgeCounts();
  if (!isResult(after)) return { reason: 'it no longer has a result' };
  if (!isResult(before)) return { reason: 'it had no result' };
  return after === 'NON_COMPLIANT' ? 'worse' : 'better';
}

/** Lower is better. */
const judgeNumbers = (before: number, after: number): Verdict =>
  before === after ? undefined : after > before ? 'worse' : 'better';

function compareByKey<T>(
  before: readonly T[],
  after: readonly T[],
  getKey: (item: T) => string,
  judge: (before: T, after: T) => Verdict,
): Comparison<T> {
  const previous = new Map(before.map((item) => [getKey(item), item]));
  const current = new Map(after.map((item) => [getKey(item), item]));
  const changes: Change<T>[] = [];
  const uncertain: Uncertain<T>[] = [];
  for (const [key, item] of current) {
    const earlier = previous.get(key);
    if (earlier === undefined) {
      changes.push({ direction: 'appeared', after: item });
      continue;
    }
    const verdict = judge(earlier, item);
    if (typeof verdict === 'object') uncertain.push({ item, reason: verdict.reason });
    else if (verdict) changes.push({ direction: verdict, before: earlier, after: item });
  }
  for (const [key, item] of previous) if (!current.has(key)) changes.push({ direction: 'vanished', before: item });
  return { changes, uncertain };
}
