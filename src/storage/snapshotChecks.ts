import {
  type AggregateRow,
  type Aggregator,
  type Deployment,
  type Evaluation,
  getEvaluationKey,
  getRowKey,
  getSourceKey,
  type PackCount,
  type Rule,
  type Score,
  type UnhealthySource,
} from '../compliance/model.ts';
import { asRecord } from '../compliance/unknownValues.ts';

export type Check = (value: unknown) => boolean;

/** Checks all rows of a paged list. */
type RowsCheck = (rows: readonly unknown[]) => boolean;

export const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const isPercent: Check = (value) => typeof value === 'number' && value >= 0 && value <= 100;
const isTextArray: Check = (value) => Array.isArray(value) && value.every(isText);

/** Whether a value is a time in epoch milliseconds that `Date` can represent. */
export const isTime: Check = (value) => typeof value === 'number' && Math.abs(value) <= 8.64e15;

/** Accepts an absent value, too. */
export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** Returns a check that accepts objects with valid members and no others. */
export function hasMembers<T>(checks: { readonly [Name in keyof T]-?: Check }): (value: unknown) => value is T {
  const entries: readonly (readonly [string, Check])[] = Object.entries(checks);
  return (value): value is T => {
    const members = asRecord(value);
    const isKnown = (name: string) => Object.hasOwn(checks, name);
    return Object.keys(members).every(isKnown) && entries.every(([name, check]) => check(members[name]));
  };
}

/** Returns a check that accepts rows with distinct keys, because views identify rows by them. */
const createRowsCheck =
  <T>(isRow: (value: unknown) => value is T, keyOf: (row: T) => string): RowsCheck =>
  (rows) =>
    rows.every(isRow) && new Set(rows.map(keyOf)).size === rows.length;

const areScores = createRowsCheck(
  hasMembers<Score>({
    pack: isText,
    percent: optional(isPercent),
    text: optional(isText),
    updatedAt: optional(isTime),
  }),
  ({ pack }) => pack,
);

const areDeployments = createRowsCheck(
  hasMembers<Deployment>({
    pack: isText,
    id: optional(isText),
    arn: optional(isText),
    state: isText,
    reason: optional(isText),
    stackArn: optional(isText),
    requestedAt: optional(isTime),
    completedAt: optional(isTime),
  }),
  ({ pack }) => pack,
);

const areRules = createRowsCheck(
  hasMembers<Rule>({ name: isText, compliance: optional(isText), controls: isTextArray }),
  ({ name }) => name,
);

const areEvaluations = createRowsCheck(
  hasMembers<Evaluation>({
    rule: isText,
    resourceType: isText,
    resourceId: isText,
    compliance: isText,
    annotation: optional(isText),
    evaluatedAt: optional(isTime),
  }),
  getEvaluationKey,
);

const isAggregatorSources = hasMembers<NonNullable<Aggregator['sources']>>({
  accounts: (value) => value === 'organization' || isCount(value),
  regions: (value) => value === 'all' || isTextArray(value),
});

const areAggregators = createRowsCheck(
  hasMembers<Aggregator>({ name: isText, arn: optional(isText), sources: optional(isAggregatorSources) }),
  ({ name }) => name,
);

const areUnhealthySources = createRowsCheck(
  hasMembers<UnhealthySource>({
    id: isText,
    region: optional(isText),
    state: isText,
    updatedAt: optional(isTime),
    errorCode: optional(isText),
    reason: optional(isText),
  }),
  getSourceKey,
);

const arePackCounts = createRowsCheck(
  hasMembers<PackCount>({
    name: isText,
    compliantPacks: isCount,
    nonCompliantPacks: isCount,
    countsText: optional(isText),
  }),
  ({ name }) => name,
);

const areAggregateRows = createRowsCheck(
  hasMembers<AggregateRow>({
    pack: isText,
    account: isText,
    region: isText,
    compliance: optional(isText),
    compliantRules: isCount,
    nonCompliantRules: isCount,
    totalRules: isCount,
    countsText: optional(isText),
  }),
  getRowKey,
);

const areNames = createRowsCheck(
  (value): value is string => isText(value),
  (name) => name,
);

/** The checks of each kind of list, one per part. The kinds are those of `ConnectionStore`. */
const kinds: Readonly<Record<string, readonly RowsCheck[]>> = {
  aggregators: [areAggregators],
  packs: [areScores, areDeployments],
  rules: [areRules, areEvaluations],
  passing: [areEvaluations],
  unhealthySources: [areUnhealthySources],
  packCounts: [arePackCounts],
  rows: [areAggregateRows],
  organizationNames: [areNames],
};

/** Returns the checks for the parts of a list by its key in a snapshot; undefined if there is no such kind of list. */
export function getRowsChecks(key: string): readonly RowsCheck[] | undefined {
  const [kind = ''] = key.split(' ', 1);
  return Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
}
