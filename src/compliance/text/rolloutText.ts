import { type Contradiction, type PackRollout, type RolloutPhase, rolloutPhases } from '../queries/rollout.ts';
import { formatCount } from './format.ts';
import { formatUnknown } from './states.ts';

/** The rollout states in the AWS Config API, and `UNKNOWN` for an absent one. */
const knownStates: ReadonlySet<string> = new Set([
  ...['CREATE', 'UPDATE', 'DELETE'].flatMap((operation) =>
    ['SUCCESSFUL', 'IN_PROGRESS', 'FAILED'].map((outcome) => `${operation}_${outcome}`),
  ),
  'UNKNOWN',
]);

const phaseTexts: Readonly<Record<RolloutPhase, string>> = {
  failed: 'failed',
  unknown: 'in an unknown state',
  inProgress: 'in progress',
  deleted: 'deleted',
  done: 'done',
};

/** Formats a rollout state, such as `CREATE_FAILED`. */
export const formatRolloutState = (state: string): string => (knownStates.has(state) ? state : formatUnknown(state));

/** Formats the overall state of a pack, such as `CREATE_FAILED`; `state not read` if it is missing. */
export const formatOverallState = ({ status }: PackRollout): string =>
  status === undefined ? 'state not read' : formatRolloutState(status.state);

/** Formats the accounts of a pack, such as `13 accounts: 1 failed, 12 done`. Says how many have been read if not all. */
export function formatRolloutCounts({ counts, isComplete }: PackRollout): string {
  const total = countAll(counts);
  if (total === 0) return isComplete ? 'no accounts' : 'accounts not read';
  const phases = rolloutPhases.filter((phase) => counts[phase] > 0);
  const [only] = phases;
  if (isComplete && only && phases.length === 1)
    return `${total === 1 ? '1 account' : `all ${total} accounts`} ${phaseTexts[only]}`;
  const parts = phases.map((phase) => `${counts[phase]} ${phaseTexts[phase]}`);
  return `${formatCount(total, 'account')}${isComplete ? '' : ' read so far'}: ${parts.join(', ')}`;
}

/** Formats the number of excluded accounts, such as `1 excluded`; undefined if there are none. */
export function formatExcludedCount({ excludedAccounts }: PackRollout): string | undefined {
  if (excludedAccounts === undefined) return 'exclusions not read';
  return excludedAccounts.length > 0 ? `${excludedAccounts.length} excluded` : undefined;
}

/** Says how the overall state contradicts the accounts, such as `in progress, although all 12 accounts are done`. */
export const formatContradiction = (rollout: PackRollout): string | undefined =>
  rollout.contradiction && contradictionTexts[rollout.contradiction](rollout);

const contradictionTexts: Readonly<Record<Contradiction, (rollout: PackRollout) => string>> = {
  inProgressAlthoughDone: ({ counts }) =>
    `in progress, although ${countAll(counts) === 1 ? 'its only account is' : `all ${countAll(counts)} accounts are`} done`,
  inProgressAlthoughEnded: ({ counts }) =>
    `in progress, although no account is any more: ${counts.failed} of ${countAll(counts)} failed`,
  // The total is not known until all accounts have been read.
  successfulAlthoughFailed: ({ counts, isComplete }) =>
    isComplete
      ? `successful, although ${counts.failed} of ${formatCount(countAll(counts), 'account')} failed`
      : `successful, although at least ${formatCount(counts.failed, 'account')} failed`,
  failedAlthoughNoneFailed: ({ counts }) =>
    `failed, although none of ${formatCount(countAll(counts), 'account')} failed`,
};

const countAll = (counts: PackRollout['counts']): number =>
  rolloutPhases.reduce((sum, phase) => sum + counts[phase], 0);
