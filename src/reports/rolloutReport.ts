import { formatReadFailure, type ReadFailure } from '../compliance/queries/readFailures.ts';
import type { ScopedRollout } from '../compliance/queries/rolloutReader.ts';
import {
  formatContradiction,
  formatOverallState,
  formatRolloutCounts,
  formatRolloutState,
} from '../compliance/text/rolloutText.ts';
import { escapeMarkdown, formatMarkdownList, formatMarkdownRow } from './escaping.ts';
import type { LabeledValue } from './metadata.ts';
import { formatUtcTime, formatUtcTimeOrUnknown } from './times.ts';

const columns = ['Account', 'Account name', 'State', 'Error code', 'Message', 'Pack in the account', 'Updated'];

/**
 * Formats an organization's pack as Markdown: its overall state and its accounts, worst first. `failures`: what could not
 * be read of it. `accountNames`: names by account ID.
 */
export function formatRolloutReport(
  scopedRollout: ScopedRollout,
  failures: readonly ReadFailure[],
  accountNames: ReadonlyMap<string, string>,
): string {
  const { accounts, excludedAccounts = [] } = scopedRollout.rollout;
  const deployed = new Set(accounts.map(({ account }) => account));
  const rows = [
    ...accounts.map(({ account, state, errorCode = '', reason = '', deployedName = '', updatedAt }) => [
      account,
      accountNames.get(account) ?? '',
      formatRolloutState(state) + (excludedAccounts.includes(account) ? ', excluded' : ''),
      errorCode,
      reason,
      deployedName,
      updatedAt === undefined ? '' : formatUtcTime(updatedAt),
    ]),
    ...[...new Set(excludedAccounts)]
      .filter((account) => !deployed.has(account))
      .map((account) => [account, accountNames.get(account) ?? '', 'excluded', '', '', '', '']),
  ];
  return [
    `# Organization pack ${escapeMarkdown(scopedRollout.rollout.pack)}\n\n`,
    formatMarkdownList([
      ...describeRollout(scopedRollout),
      ...failures.map((failure): LabeledValue => ['Not read', formatReadFailure(failure)]),
    ]),
    '\n',
    formatMarkdownRow(columns),
    `|${' --- |'.repeat(columns.length)}\n`,
    ...rows.map(formatMarkdownRow),
  ].join('');
}

function describeRollout({ scope, rollout, readAt }: ScopedRollout): LabeledValue[] {
  const { status, excludedAccounts } = rollout;
  const optional: readonly (readonly [string, string | undefined])[] = [
    ['Notice', formatContradiction(rollout)],
    ['Error code', status?.errorCode],
    ['Message', status?.reason],
  ];
  return [
    ['Management or delegated administrator account', scope.account],
    ['Region', scope.region],
    ['State', formatOverallState(rollout)],
    ...optional.flatMap(([label, value]): LabeledValue[] => (value === undefined ? [] : [[label, value]])),
    ['Rollout', formatRolloutCounts(rollout)],
    ['Excluded accounts', excludedAccounts === undefined ? 'not read' : String(excludedAccounts.length)],
    ['Read', formatUtcTimeOrUnknown(readAt)],
  ];
}
