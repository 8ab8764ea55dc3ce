import type {
  Gap,
  ListId,
  PacksReading,
  RowsReading,
  RulesReading,
  StoredPack,
  StoredResource,
  StoredRule,
  Visit,
} from '../compliance/history/reading.ts';
import type { AccountAndRegion } from '../compliance/model.ts';
import { asRecord } from '../compliance/unknownValues.ts';
import { validate } from '../compliance/validation.ts';
import { type Check, getRowsChecks, hasMembers, isPercent, isText, isTime, optional } from './snapshotRows.ts';

const is =
  (literal: string): Check =>
  (value) =>
    value === literal;

const every =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const isScope = hasMembers<AccountAndRegion>({
  account: (value) => validate('account', value) === undefined,
  region: (value) => validate('region', value) === undefined,
});

const areRows: Check = (value) => Array.isArray(value) && getRowsChecks('rows')?.[0]?.(value) === true;

const isPack = hasMembers<StoredPack>({
  name: isText,
  id: optional(isText),
  percent: optional(isPercent),
  computedAt: optional(isTime),
  state: optional(isText),
});

const isRule = hasMembers<StoredRule>({
  name: isText,
  compliance: optional(isText),
  failing: every(hasMembers<StoredResource>({ type: isText, id: isText })),
});

const isFilter = hasMembers<RowsReading['filter']>({
  pack: optional(isText),
  account: optional(isText),
  region: optional(isText),
});

const base = { scope: isScope, readAt: isTime };
const packsSubject = { kind: is('packs') };
const rulesSubject = { kind: is('rules'), pack: isText, packId: isText };
const rowsSubject = { kind: is('rows'), aggregator: isText, filter: isFilter };

const subjects: Readonly<Record<ListId['kind'], Check>> = {
  packs: hasMembers<Extract<ListId, { kind: 'packs' }>>(packsSubject),
  rules: hasMembers<Extract<ListId, { kind: 'rules' }>>(rulesSubject),
  rows: hasMembers<Extract<ListId, { kind: 'rows' }>>(rowsSubject),
};

const readings: Readonly<Record<ListId['kind'], Check>> = {
  packs: hasMembers<PacksReading>({ ...base, ...packsSubject, packs: every(isPack) }),
  rules: hasMembers<RulesReading>({ ...base, ...rulesSubject, rules: every(isRule) }),
  rows: hasMembers<RowsReading>({ ...base, ...rowsSubject, rows: areRows }),
};

const isGap = hasMembers<Gap>({ ...base, reason: isText, subject: (value) => checkKind(subjects, value) });

/** Checks every member of a stored visit. */
export const isHistoryVisit = (value: unknown): value is Visit => isGap(value) || checkKind(readings, value);

function checkKind(checks: Readonly<Record<ListId['kind'], Check>>, value: unknown): boolean {
  const { kind } = asRecord(value);
  return (kind === 'packs' || kind === 'rules' || kind === 'rows') && checks[kind](value);
}
