import type { AccountAndRegion, AggregateRow, Pack } from '../model.ts';
import type { RowColumns } from '../organization/rowColumns.ts';
import type { List } from '../paging/list.ts';
import { splitRuleName } from '../ruleName.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import type { RuleWithFailures } from '../store/ruleList.ts';
import { describeError } from '../text/errorMessages.ts';
import type { ListId, StoredPack, StoredRule, Visit } from './reading.ts';

/** More rows or failing resources than this are not stored. */
const maxRows = 100_000;
/** The reason of a gap that loading more would close. */
export const notAllPages = 'Not all pages were read';
const tooManyRows = 'Too many rows to store';

/**
 * What the lists of a connection hold, as visits. Leaves out what is still loading, has not been requested or comes from
 * an earlier session, and everything until AWS has confirmed the account.
 */
export function captureVisits(store: ConnectionStore): Visit[] {
  const [scope] = store.identity.rows;
  if (!scope || store.identity.isRestored) return [];
  const at: AccountAndRegion = { account: scope.account, region: scope.region };
  const packLists = store.getPackLists().filter(({ isUnfiltered }) => isUnfiltered);
  const packList = packLists.findLast(({ isComplete, isRestored }) => isComplete && !isRestored) ?? packLists.at(-1);
  const packIds = new Map([...store.getLoadedPacks()].map(({ name, deployment }) => [name, deployment?.id]));
  return [
    ...(packList
      ? capture(at, { kind: 'packs' }, packList, (packs) => ({ kind: 'packs', packs: packs.map(toStoredPack) }))
      : []),
    ...[...store.getRuleLists()].flatMap(([[pack], list]) => {
      const packId = packIds.get(pack);
      // The packs may have been read after the rules, and the pack deployed again in between.
      if (packId === undefined || !list.rows.every((rule) => belongsTo(rule, packId))) return [];
      const listId = { kind: 'rules', pack, packId } as const;
      return capture(at, listId, list, (rules) => ({ ...listId, rules: rules.map(toStoredRule) }));
    }),
    ...[...store.getAggregateRowQueries()].flatMap(([[aggregator, { compliance, ...filter }], list]) => {
      if (compliance !== undefined) return [];
      const listId = { kind: 'rows', aggregator, filter } as const;
      return capture<AggregateRow>(at, listId, list, (rows) => ({ ...listId, rows }));
    }),
  ];
}

/**
 * All rows of an aggregator as a visit: a gap if there are too many. `readAt` is when they were read, epoch milliseconds.
 * Undefined for the sample, and until AWS has confirmed the account.
 */
export function captureOrganization(
  { identity, connection }: ConnectionStore,
  aggregator: string,
  columns: RowColumns,
  readAt: number,
): Visit | undefined {
  const [identified] = identity.rows;
  if (!identified || identity.isRestored || connection.isSample) return undefined;
  const scope: AccountAndRegion = { account: identified.account, region: identified.region };
  const listId = { kind: 'rows', aggregator, filter: {} } as const;
  if (columns.length > maxRows) return { scope, listId, readAt, reason: tooManyRows };
  return { scope, readAt, ...listId, rows: Array.from({ length: columns.length }, (_, row) => columns.getRow(row)) };
}

type Content =
  | (Extract<ListId, { kind: 'packs' }> & { readonly packs: readonly StoredPack[] })
  | (Extract<ListId, { kind: 'rules' }> & { readonly rules: readonly StoredRule[] })
  | (Extract<ListId, { kind: 'rows' }> & { readonly rows: readonly AggregateRow[] });

/** A list as a reading if it was read to its end without an error, or else as a gap. */
function capture<T>(
  scope: AccountAndRegion,
  listId: ListId,
  list: List<T>,
  toContent: (rows: readonly T[]) => Content,
): Visit[] {
  const { state, isComplete, isRestored, readAt, errors, rows } = list;
  const [error] = errors;
  if (state === 'loading') return [];
  // A failed refresh leaves the rows of the reading before it.
  if (error) return [{ scope, listId, readAt: Date.now(), reason: describeError(error).title }];
  if (isRestored || readAt === undefined) return [];
  if (!isComplete) return [{ scope, listId, readAt, reason: notAllPages }];
  if (countItems(rows) > maxRows) return [{ scope, listId, readAt, reason: 'Too many rows to store' }];
  return [{ scope, readAt, ...toContent(rows) }];
}

const belongsTo = ({ name }: RuleWithFailures, packId: string): boolean =>
  ['', `-${packId}`].includes(splitRuleName(name).suffix);

/** Rows, and the failing resources in them. */
const countItems = (rows: readonly unknown[]): number =>
  rows.reduce<number>((sum, row) => sum + 1 + (hasFailures(row) ? row.failing.length : 0), 0);

const hasFailures = (row: unknown): row is Pick<RuleWithFailures, 'failing'> =>
  typeof row === 'object' && row !== null && 'failing' in row;

const toStoredPack = ({ name, score, deployment }: Pack): StoredPack => ({
  name,
  id: deployment?.id,
  percent: score?.percent,
  computedAt: score?.updatedAt,
  state: deployment?.state,
});

const toStoredRule = ({ name, compliance, failing }: RuleWithFailures): StoredRule => ({
  name,
  compliance,
  failing: failing.map(({ resourceType: type, resourceId: id }) => ({ type, id })),
});
