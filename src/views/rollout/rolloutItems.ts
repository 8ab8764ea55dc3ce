import type { AccountRollout } from '../../compliance/organizationModel.ts';
import type { ReadFailure } from '../../compliance/queries/readFailures.ts';
import { getPhase, getRolloutPhase, type PackRollout, type RolloutPhase } from '../../compliance/queries/rollout.ts';
import type { ScopedRollout } from '../../compliance/queries/rolloutReader.ts';
import { formatAge } from '../../compliance/text/age.ts';
import { formatScope } from '../../compliance/text/format.ts';
import {
  formatContradiction,
  formatExcludedCount,
  formatOverallState,
  formatRolloutCounts,
  formatRolloutState,
} from '../../compliance/text/rolloutText.ts';
import { containsText, joinParts, loadingItem, type PickerItem, toFailureItem } from '../palette/quickPickItems.ts';
import { type Icon, warningIcon } from '../shared/icons.ts';
import { type EmptyScope, getRolloutKey, type RolloutQuery } from './rolloutQuery.ts';

/** The content of a quick pick item. */
export interface RolloutItem extends Omit<PickerItem, 'selection'> {
  /** What accepting the item selects. */
  readonly selection: RolloutSelection;
}

export type RolloutSelection =
  | { readonly kind: 'rollout'; readonly rollout: ScopedRollout }
  | { readonly kind: 'account'; readonly rollout: ScopedRollout; readonly account: AccountRollout }
  | { readonly kind: 'failure'; readonly failure: ReadFailure }
  | { readonly kind: 'none' };

export interface RolloutItemOptions {
  readonly isRunning: boolean;
  /** The names of accounts by their IDs. */
  readonly accountNames: ReadonlyMap<string, string>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The items of all packs, worst first. */
export function createPackItems(query: RolloutQuery, { isRunning, now }: RolloutItemOptions): readonly RolloutItem[] {
  const rollouts = query.getRollouts();
  const items = [
    ...rollouts.map((rollout) => toPackItem(rollout, now)),
    ...query.getEmptyScopes().map((scope) => toEmptyItem(scope, now)),
    ...query.getFailures().map(toItem),
    ...(isRunning && rollouts.length === 0 ? [runningItem] : []),
  ];
  return items.length > 0 ? items : [notLoadedItem];
}

/** The items of a pack: its overall state, its accounts, worst first, and those that are excluded. */
export function createAccountItems(
  query: RolloutQuery,
  scopedRollout: ScopedRollout,
  { isRunning, accountNames, now }: RolloutItemOptions,
): readonly RolloutItem[] {
  const { connection, rollout } = scopedRollout;
  const { accounts, excludedAccounts = [], isComplete } = rollout;
  const deployed = new Set(accounts.map(({ account }) => account));
  const excluded = new Set(excludedAccounts);
  return [
    toOverallItem(scopedRollout, now),
    ...accounts.map((account): RolloutItem => {
      const { account: id, state, errorCode, reason, deployedName, updatedAt } = account;
      return {
        key: `${id}/${deployedName ?? ''}`,
        label: id,
        description: joinParts(
          accountNames.get(id),
          formatRolloutState(state),
          errorCode,
          excluded.has(id) ? 'excluded' : undefined,
        ),
        detail: joinParts(
          reason,
          deployedName,
          updatedAt === undefined ? undefined : `updated ${formatAge(updatedAt, now)}`,
        ),
        icon: phaseIcons[getPhase(state)],
        selection: { kind: 'account', rollout: scopedRollout, account },
      };
    }),
    ...[...excluded]
      .filter((id) => !deployed.has(id))
      .map(
        (id): RolloutItem => ({
          key: id,
          label: id,
          description: joinParts(accountNames.get(id), 'excluded'),
          icon: { codicon: 'circle-slash', color: 'descriptionForeground' },
          selection: { kind: 'none' },
        }),
      ),
    ...query
      .getFailures()
      .filter((failure) => failure.connection === connection)
      .map(toItem),
    ...(isRunning && !isComplete ? [runningItem] : []),
  ];
}

/** Adds an item if none matches the typed text: VS Code would show an empty list, or other causes alone. */
export function addNoMatch(items: readonly RolloutItem[], text: string): readonly RolloutItem[] {
  const choices = items.filter(isFilterable);
  if (choices.length === 0 || choices.some((item) => containsText(item, text))) return items;
  const noMatch: RolloutItem = {
    key: '#noMatch',
    label: 'No match',
    description: `${choices.length} loaded`,
    detail: 'Nothing that has been loaded matches what you typed. Type less to see more.',
    icon: { codicon: 'info' },
    selection: { kind: 'none' },
  };
  return [noMatch, ...items];
}

/** Whether the user can filter the item by typing; other items are always visible. */
export const isFilterable = ({ key }: RolloutItem): boolean => !key.startsWith('#');

function toPackItem(scopedRollout: ScopedRollout, now: number): RolloutItem {
  const { rollout } = scopedRollout;
  return {
    key: getRolloutKey(scopedRollout),
    label: rollout.pack,
    description: joinParts(formatOverallState(rollout), formatCounts(rollout)),
    // The region comes first, because a narrow picker truncates the end, and each region has its own rollout.
    detail: joinParts(formatScope(scopedRollout.scope), formatDetail(scopedRollout, now)),
    icon: phaseIcons[getRolloutPhase(rollout)],
    selection: { kind: 'rollout', rollout: scopedRollout },
  };
}

const toOverallItem = (scopedRollout: ScopedRollout, now: number): RolloutItem => ({
  key: 'overall',
  label: formatOverallState(scopedRollout.rollout),
  description: formatCounts(scopedRollout.rollout),
  detail: formatDetail(scopedRollout, now),
  icon: phaseIcons[getRolloutPhase(scopedRollout.rollout)],
  selection: { kind: 'none' },
});

const formatCounts = (rollout: PackRollout): string =>
  joinParts(formatRolloutCounts(rollout), formatExcludedCount(rollout));

function formatDetail({ rollout, readAt }: ScopedRollout, now: number): string {
  return joinParts(
    readAt === undefined ? undefined : `loaded ${formatAge(readAt, now)}`,
    formatContradiction(rollout),
    rollout.status?.errorCode,
    rollout.status?.reason,
  );
}

const toEmptyItem = ({ scope, readAt }: EmptyScope, now: number): RolloutItem => ({
  key: `#empty/${formatScope(scope)}`,
  label: 'No organization packs',
  description: `loaded ${formatAge(readAt, now)}`,
  detail: `The organization deploys none in ${formatScope(scope)}.`,
  icon: { codicon: 'info' },
  selection: { kind: 'none' },
});

const notLoadedItem: RolloutItem = {
  key: '#notLoaded',
  label: 'Not loaded',
  detail: 'Loading was cancelled. Run the command again.',
  icon: { codicon: 'info' },
  selection: { kind: 'none' },
};

const toItem = (failure: ReadFailure): RolloutItem => ({
  ...toFailureItem(failure),
  selection: { kind: 'failure', failure },
});

const runningItem: RolloutItem = { ...loadingItem, selection: { kind: 'none' } };

const phaseIcons: Readonly<Record<RolloutPhase, Icon>> = {
  failed: { codicon: 'error', color: 'problemsErrorIcon.foreground' },
  unknown: warningIcon,
  inProgress: { codicon: 'sync', color: 'descriptionForeground' },
  deleted: { codicon: 'trash', color: 'descriptionForeground' },
  done: { codicon: 'pass', color: 'testing.iconPassed' },
};
