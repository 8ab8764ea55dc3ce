import { getPackKey, getRowKey, isFailedState, type Pack } from '../../compliance/model.ts';
import type { PackRef } from '../../compliance/packRef.ts';
import type { ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import type { ReadFailure } from '../../compliance/queries/readFailures.ts';
import { formatConnection, getConnectionKey } from '../../compliance/source.ts';
import { formatAge } from '../../compliance/text/age.ts';
import { describeError, type ErrorAction } from '../../compliance/text/errorMessages.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { formatPackScore } from '../../compliance/text/score.ts';
import { formatDeploymentState, formatRulesPassing } from '../../compliance/text/states.ts';
import { busyIcon, complianceIcon, errorIcon, type Icon, packIcon } from '../shared/icons.ts';
import { rankByText } from './nameRanking.ts';
import type { PickerQuery, PickerResult } from './pickerQuery.ts';

/** The content of a quick pick item. */
export interface PickerItem {
  /** Identifies the item across updates of the list. */
  readonly key: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon: Icon;
  /** What accepting the item selects. */
  readonly selection: Selection;
}

export type Selection =
  | { readonly kind: 'pack'; readonly pack: PackRef }
  | { readonly kind: 'aggregator'; readonly resolved: ResolvedAggregator }
  | { readonly kind: 'failure'; readonly failure: ReadFailure }
  | { readonly kind: 'more' }
  | { readonly kind: 'none' };

export interface DisplayOptions {
  readonly isRunning: boolean;
  /** Minimum score for a pack to count as healthy, 0–100. */
  readonly scoreTarget: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What the user has typed. */
  readonly text: string;
}

/**
 * Creates the items of a query: the results that match the typed text, best matches first, its failures, and an item for
 * its progress.
 */
export function createItems(query: PickerQuery, options: DisplayOptions): readonly PickerItem[] {
  const { text } = options;
  const results = query.getResults(text);
  const matches = rankByText(
    results.map((result) => toResultItem(result, options)),
    text,
  );
  const hiddenCount = query.getHiddenCount?.(text) ?? 0;
  const items = [
    ...matches,
    ...(hiddenCount > 0 ? [createHiddenItem(hiddenCount)] : []),
    ...query.getFailures().map(toFailureItem),
  ];
  const loadedCount = query.getLoadedCount();
  if (options.isRunning || query.isComputing?.(text)) {
    if (matches.some(isPack)) return items;
    return [...items, createLoadingItem(matches.length > 0 ? 0 : loadedCount)];
  }
  // Without a match among some packs, the user has to know whether there are others.
  const noMatch = matches.length === 0 && loadedCount > 0 ? [createNoMatchItem(query)] : [];
  if (query.hasMore()) return [...noMatch, ...items, createMoreItem(loadedCount)];
  if (noMatch.length > 0 || items.length > 0) return [...noMatch, ...items];
  return [createEmptyItem(query, options)];
}

/**
 * Keeps the rows in place that a user has seen, so that no row moves under the cursor before Enter: the rows down to the
 * active one, and all of them once another than the first is active. `shownKeys`: the keys of the rows before.
 */
export function keepPlaces(
  items: readonly PickerItem[],
  shownKeys: readonly string[],
  activeKey: string | undefined,
): readonly PickerItem[] {
  const activeIndex = activeKey === undefined ? -1 : shownKeys.indexOf(activeKey);
  const placed = activeIndex === 0 ? shownKeys.slice(0, 1) : activeIndex > 0 ? shownKeys : [];
  const byKey = new Map(items.filter(isFilterable).map((item) => [item.key, item]));
  const kept = new Set(placed.flatMap((key) => byKey.get(key) ?? []));
  return [...kept, ...items.filter((item) => !kept.has(item))];
}

/** Whether the item contains the typed text as it is, so that VS Code shows it. */
export function containsText(
  { label, description = '', detail = '' }: Omit<PickerItem, 'selection'>,
  text: string,
): boolean {
  const typed = text.trim().toLowerCase();
  return [label, description, detail].some((part) => part.toLowerCase().includes(typed));
}

/** Whether the user can filter the item by typing; other items are always visible. */
export const isFilterable = ({ selection }: PickerItem): boolean =>
  selection.kind === 'pack' || selection.kind === 'aggregator';

/** What accepting a failure runs. */
export const getFirstAction = ({ error }: ReadFailure): ErrorAction => describeError(error).actions[0];

const isPack = ({ selection }: PickerItem): boolean => selection.kind === 'pack';

function toResultItem(result: PickerResult, options: DisplayOptions): PickerItem {
  switch (result.kind) {
    case 'pack':
      return toPackItem(result, options);
    case 'row':
      return toRowItem(result, options);
    case 'aggregator':
      return toAggregatorItem(result.resolved);
  }
}

/**
 * A pack of a connection's own scope. The detail line has account, region, age and failure reason: pack names are long,
 * and the first line of a narrow picker would truncate them.
 */
function toPackItem(
  { match }: Extract<PickerResult, { kind: 'pack' }>,
  { scoreTarget, now }: DisplayOptions,
): PickerItem {
  const { connection, scope, pack, readAt } = match;
  const { name, deployment } = pack;
  const reason = isFailedState(deployment?.state) && deployment?.reason ? deployment.reason : undefined;
  return {
    key: getPackKey(scope, name),
    label: name,
    description: joinParts(formatPackScore(pack), deployment && formatDeploymentState(deployment.state)),
    detail: joinParts(formatScope(scope), formatPackAge(pack, readAt, now), reason),
    icon: packIcon(pack, scoreTarget),
    selection: { kind: 'pack', pack: { connection, scope, name } },
  };
}

/** The age of the score. A pack without a score shows when it was read. */
function formatPackAge({ score }: Pack, readAt: number | undefined, now: number): string | undefined {
  return score?.updatedAt === undefined ? formatReadAge(readAt, now) : formatAge(score.updatedAt, now);
}

const formatReadAge = (readAt: number | undefined, now: number): string | undefined =>
  readAt === undefined ? undefined : `loaded ${formatAge(readAt, now)}`;

/** An aggregator's row: it counts rules and has no score. */
function toRowItem({ row, pack, readAt }: Extract<PickerResult, { kind: 'row' }>, { now }: DisplayOptions): PickerItem {
  return {
    key: getRowKey(row),
    label: row.pack,
    description: formatRulesPassing(row),
    detail: joinParts(formatScope(row), formatReadAge(readAt, now)),
    icon: complianceIcon(row.compliance),
    selection: { kind: 'pack', pack },
  };
}

const toAggregatorItem = (resolved: ResolvedAggregator): PickerItem => ({
  key: `${getConnectionKey(resolved.store.connection)}/${resolved.aggregator.name}`,
  label: resolved.aggregator.name,
  description: formatScope(resolved.scope),
  icon: { codicon: 'organization' },
  selection: { kind: 'aggregator', resolved },
});

export function toFailureItem(failure: ReadFailure): PickerItem {
  const { connection, what, error } = failure;
  const { title, subject, advice } = describeError(error);
  return {
    key: `#${getConnectionKey(connection)}/${title}`,
    label: title,
    description: joinParts(
      what,
      subject !== undefined && !what.includes(subject) ? subject : undefined,
      formatConnection(connection),
      connection.region,
    ),
    detail: advice,
    icon: errorIcon(error),
    selection: { kind: 'failure', failure },
  };
}

const createMoreItem = (loadedCount: number): PickerItem => ({
  key: '#more',
  label: 'Load more…',
  description: `${loadedCount} loaded`,
  icon: { codicon: 'ellipsis' },
  selection: { kind: 'more' },
});

const createHiddenItem = (count: number): PickerItem => ({
  key: '#hidden',
  label: `${count} more match`,
  description: 'Type part of a name, account or region to narrow the list',
  icon: { codicon: 'info' },
  selection: { kind: 'none' },
});

function createNoMatchItem(query: PickerQuery): PickerItem {
  const more = query.hasMore() ? ' Load more to search the rest.' : ' Type less to see more.';
  const isIncomplete = query.getFailures().length > 0;
  return {
    key: '#empty',
    label: 'No match',
    description: `${query.getLoadedCount()} loaded`,
    detail: `Nothing that has been loaded matches what you typed.${isIncomplete ? ' Some could not be loaded: see below.' : more}`,
    icon: { codicon: 'info' },
    selection: { kind: 'none' },
  };
}

export const loadingItem: PickerItem = {
  key: '#loading',
  label: 'Loading…',
  icon: busyIcon,
  selection: { kind: 'none' },
};

/** `otherCount`: how many results have been loaded that do not match. */
const createLoadingItem = (otherCount: number): PickerItem =>
  otherCount === 0 ? loadingItem : { ...loadingItem, description: `no match among ${otherCount} loaded so far` };

function createEmptyItem(query: PickerQuery, { now }: DisplayOptions): PickerItem {
  const { label, detail, readAt } = query.describeEmptyResult();
  return {
    key: '#empty',
    label,
    description: formatReadAge(readAt, now) ?? '',
    detail,
    icon: { codicon: 'info' },
    selection: { kind: 'none' },
  };
}

export const joinParts = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');
