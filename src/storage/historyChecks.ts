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
import { type Check, getRowsChecks, hasMembers, isPercent, isText, isTime, optional } from './snapshotChecks.ts';

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
const packsListId = { kind: is('packs') };
const rulesListId = { kind: is('rules'), pack: isText, packId: isText };
const rowsListId = { kind: is('rows'), aggregator: isText, filter: isFilter };

const listIds: Readonly<Record<ListId['kind'], Check>> = {
  packs: hasMembers<Extract<ListId, { kind: 'packs' }>>(packsListId),
  rules: hasMembers<Extract<ListId, { kind: 'rules' }>>(rulesListId),
  rows: hasMembers<Extract<ListId, { kind: 'rows' }>>(rowsListId),
};

const readings: Readonly<Record<ListId['kind'], Check>> = {
  packs: hasMembers<PacksReading>({ ...base, ...packsListId, packs: every(isPack) }),
  rules: hasMembers<RulesReading>({ ...base, ...rulesListId, rules: every(isRule) }),
  rows: hasMembers<RowsReading>({ ...base, ...rowsListId, rows: areRows }),
};

const isGap = hasMembers<Gap>({ ...base, reason: isText, listId: (value) => checkKind(listIds, value) });

/** Checks every member of a stored visit. */
export const isHistoryVisit = (value: unknown): value is Visit => isGap(value) || checkKind(readings, value);

function checkKind(checks: Readonly<Record<ListId['kind'], Check>>, value: unknown): boolean {
  const { kind } = asRecord(value);
  return (kind === 'packs' || kind === 'rules' || kind === 'rows') && checks[kind](value);
}
