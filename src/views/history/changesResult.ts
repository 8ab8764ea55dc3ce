import type { Change, Direction } from '../../compliance/history/compareReadings.ts';
import type { ScopeChanges } from '../../compliance/history/compareScopes.ts';
import type { StoredPack } from '../../compliance/history/reading.ts';
import type { AggregateRow } from '../../compliance/model.ts';
import { formatNotComparedItem } from '../../compliance/text/changesText.ts';
import { formatIsoTime } from '../../compliance/text/time.ts';

/** A changed pack as the command returns it. */
export interface PackChangeResult {
  readonly change: Direction;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly aggregator?: string;
  /** Published scores, 0–100, of an own pack. */
  readonly scoreBefore?: number;
  readonly score?: number;
  /** Compliance states of an aggregator's row. */
  readonly complianceBefore?: string;
  readonly compliance?: string;
}

/** What changed in one account and region, as the command returns it. */
export interface ScopeChangesResult {
  readonly account: string;
  readonly region: string;
  /** When the compared packs were read, ISO 8601; absent if packs were not compared. */
  readonly comparedWith?: string;
  readonly packs: readonly PackChangeResult[];
  readonly rules: readonly { readonly change: Direction; readonly pack: string; readonly rule: string }[];
  readonly resources: readonly {
    readonly pack: string;
    readonly rule: string;
    readonly type: string;
    readonly id: string;
    readonly isFailing: boolean;
  }[];
  readonly noLongerReporting: readonly {
    readonly aggregator: string;
    readonly account: string;
    readonly region: string;
  }[];
  /** Why something was not compared. */
  readonly notCompared: readonly string[];
}

/** Converts changes to what the command returns. */
export function toChangesResult({ scope, packs, rules, aggregators, notCompared }: ScopeChanges): ScopeChangesResult {
  return {
    ...scope,
    ...(packs && { comparedWith: formatIsoTime(packs.times.before) }),
    packs: [
      ...(packs?.changes ?? []).map((change) => ({ ...toPackChange(change), ...scope })),
      ...aggregators.flatMap(({ aggregator, changes }) =>
        changes.map((change) => ({ aggregator, ...toRowChange(change) })),
      ),
    ],
    rules: rules.flatMap(({ pack, changes }) =>
      changes.map(({ direction, before, after }) => ({ change: direction, pack, rule: (after ?? before)?.name ?? '' })),
    ),
    resources: rules.flatMap(({ pack, resources }) =>
      resources.flatMap(({ rule, nowFailing, noLongerFailing }) => [
        ...nowFailing.map((resource) => ({ pack, rule, ...resource, isFailing: true })),
        ...noLongerFailing.map((resource) => ({ pack, rule, ...resource, isFailing: false })),
      ]),
    ),
    noLongerReporting: aggregators.flatMap(({ aggregator, noLongerReporting }) =>
      noLongerReporting.map(({ account, region }) => ({ aggregator, account, region })),
    ),
    notCompared: notCompared.map(formatNotComparedItem),
  };
}

const toPackChange = ({ direction, before, after }: Change<StoredPack>) => ({
  change: direction,
  name: (after ?? before)?.name ?? '',
  ...(before?.percent !== undefined && { scoreBefore: before.percent }),
  ...(after?.percent !== undefined && { score: after.percent }),
});

const toRowChange = ({ direction, before, after }: Change<AggregateRow>) => ({
  change: direction,
  name: (after ?? before)?.pack ?? '',
  account: (after ?? before)?.account ?? '',
  region: (after ?? before)?.region ?? '',
  ...(before?.compliance !== undefined && { complianceBefore: before.compliance }),
  ...(after?.compliance !== undefined && { compliance: after.compliance }),
});
