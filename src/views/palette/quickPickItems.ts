import { getPackKey, getRowKey, isFailedState, type Pack } from '../../compliance/model.ts';
import type { PackRef } from '../../compliance/packRef.ts';
import type { ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import type { ReadFailure } from '../../compliance/queries/readFailures.ts';
import { formatConnection, getConnectionKey } from '../../compliance/source.ts';
import { formatAge } from '../../compliance/text/age.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { formatScore } from '../../compliance/text/score.ts';
import { busyIcon, complianceIcon, errorIcon, type Icon, packIcon } from '../shared/icons.ts';
import { createRanking } from './nameRanking.ts';
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
  const matches = rankItems(
    results.map((result) => toResultItem(result, options)),
    text,
  );
  const hiddenCount = query.getHiddenCount?.(text) ?? 0;
  const more = query.describeMore?.();
  const items = [
    ...matches,
    ...(hiddenCount > 0 ? [createHiddenItem(hiddenCount)] : []),
    ...query.getFailures().map(toFailureItem),
  ];
  if (options.isRunning) return matches.some(isPack) ? items : [...items, loadingItem];
  if (more !== undefined) return [...items, createMoreItem(more)];
  if (items.length > 0) return items;
  return [createEmptyItem(results.length > 0 ? noMatchText : query.describeEmptyResult())];
}

/** The items that match the typed text, best matches first. Equal matches keep their order. */
function rankItems(items: readonly PickerItem[], text: string): readonly PickerItem[] {
  const rank = createRanking(text);
  const ranked = items.flatMap((item) => {
    const order = rank(item.label, () => [item.description, item.detail].join(' '));
    return order === undefined ? [] : { item, order };
  });
  return ranked.sort((a, b) => a.order - b.order).map(({ item }) => item);
}

/** Whether the item contains the typed text as it is, so that VS Code shows it. */
export function containsText({ label, description = '', detail = '' }: PickerItem, text: string): boolean {
  const typed = text.trim().toLowerCase();
  return [label, description, detail].some((part) => part.toLowerCase().includes(typed));
}

/** Whether the user can filter the item by typing; other items are always visible. */
export const isFilterable = ({ selection }: PickerItem): boolean =>
  selection.kind === 'pack' || selection.kind === 'aggregator';

/** Whether signing in resolves a failure. */
export const isSignInRequired = ({ error }: ReadFailure): boolean => describeError(error).actions.includes('signIn');

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
  const { name, score, deployment } = pack;
  const reason = isFailedState(deployment?.state) && deployment?.reason ? deployment.reason : undefined;
  return {
    key: getPackKey(scope, name),
    label: name,
    description: joinParts(formatScore(score), deployment?.state),
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
    description: `${row.compliantRules} of ${row.totalRules} rules passing`,
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

function toFailureItem(failure: ReadFailure): PickerItem {
  const { connection, what, error } = failure;
  const { title, advice } = describeError(error);
  return {
    key: `#${getConnectionKey(connection)}/${title}`,
    label: title,
    description: joinParts(what, formatConnection(connection), connection.region),
    detail: advice,
    icon: errorIcon(error),
    selection: { kind: 'failure', failure },
  };
}

const createMoreItem = (description: string): PickerItem => ({
  key: '#more',
  label: 'Load more…',
  description,
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

const noMatchText = { label: 'No match', detail: 'Nothing that has been loaded matches what you typed.' };

const loadingItem: PickerItem = {
  key: '#loading',
  label: 'Loading…',
  icon: busyIcon,
  selection: { kind: 'none' },
};

const createEmptyItem = (text: { readonly label: string; readonly detail: string }): PickerItem => ({
  ...text,
  key: '#empty',
  icon: { codicon: 'info' },
  selection: { kind: 'none' },
});

const joinParts = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');
