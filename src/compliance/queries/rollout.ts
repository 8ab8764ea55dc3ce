import { compareTexts } from '../compareTexts.ts';
import type { AccountRollout, OrganizationPack, OrganizationPackStatus } from '../organizationModel.ts';

/** What a rollout state means, worst first. `unknown`: a state that this version does not know. */
export const rolloutPhases = ['failed', 'unknown', 'inProgress', 'deleted', 'done'] as const;

export type RolloutPhase = (typeof rolloutPhases)[number];

/** The number of accounts in each phase. */
export type RolloutCounts = Readonly<Record<RolloutPhase, number>>;

/** How the organization's overall state contradicts the states of its accounts. */
export type Contradiction =
  | 'inProgressAlthoughDone'
  | 'inProgressAlthoughEnded'
  | 'successfulAlthoughFailed'
  | 'failedAlthoughNoneFailed';

/** An organization's pack with its rollout in one region. */
export interface PackRollout {
  /** The organization's name of the pack. */
  readonly pack: string;
  /** The overall rollout; undefined if it has not been read. */
  readonly status: OrganizationPackStatus | undefined;
  /** The accounts that have been read, worst first. */
  readonly accounts: readonly AccountRollout[];
  /** Whether these are all accounts. */
  readonly isComplete: boolean;
  /** The accounts to which the pack is not deployed; undefined if they have not been read. */
  readonly excludedAccounts: readonly string[] | undefined;
  /** Counts each account that has been read once, by its worst state. */
  readonly counts: RolloutCounts;
  readonly contradiction: Contradiction | undefined;
}

/** The accounts of a pack that have been read (GetOrganizationConformancePackDetailedStatus). */
export interface AccountRollouts {
  readonly rows: readonly AccountRollout[];
  readonly isComplete: boolean;
}

/** What has been read of an organization's packs in one region. Each part may be incomplete. */
export interface RolloutRows {
  readonly packs: readonly OrganizationPack[];
  readonly statuses: readonly OrganizationPackStatus[];
  readonly accounts: ReadonlyMap<string, AccountRollouts>;
}

/** Joins packs, overall states and accounts by the pack's name, worst pack first. */
export function joinRollouts({ packs, statuses, accounts }: RolloutRows): readonly PackRollout[] {
  const packsByName = new Map(packs.map((pack) => [pack.name, pack]));
  const statusesByName = new Map(statuses.map((status) => [status.pack, status]));
  const rollouts = [...new Set([...packsByName.keys(), ...statusesByName.keys()])].map((name): PackRollout => {
    const { rows, isComplete } = accounts.get(name) ?? { rows: [], isComplete: false };
    const { sorted, counts } = sortAccounts(rows);
    const status = statusesByName.get(name);
    const excludedAccounts = packsByName.get(name)?.excludedAccounts;
    const contradiction = status && findContradiction(status.state, sorted, counts, isComplete);
    return { pack: name, status, accounts: sorted, isComplete, excludedAccounts, counts, contradiction };
  });
  return rollouts.sort(compareRollouts);
}

/** Compares packs, worst first: those with failures, then unclear ones, those in progress and the others. */
export const compareRollouts = (a: PackRollout, b: PackRollout): number =>
  getSeverity(a) - getSeverity(b) || b.counts.failed - a.counts.failed || compareTexts(a.pack, b.pack);

/** The worst phase of the pack as a whole and in its accounts. A contradiction is as bad as an unknown state. */
export function getRolloutPhase({ status, counts, contradiction }: PackRollout): RolloutPhase {
  const overall = status === undefined ? 'unknown' : getPhase(status.state);
  const isUnclear = contradiction !== undefined;
  return (
    rolloutPhases.find((phase) => phase === overall || counts[phase] > 0 || (phase === 'unknown' && isUnclear)) ??
    'unknown'
  );
}

/** The phase of a state such as `UPDATE_FAILED`. */
export function getPhase(state: string): RolloutPhase {
  if (state.endsWith('_FAILED')) return 'failed';
  if (state.endsWith('_IN_PROGRESS')) return 'inProgress';
  if (state === 'DELETE_SUCCESSFUL') return 'deleted';
  return state.endsWith('_SUCCESSFUL') ? 'done' : 'unknown';
}

const getSeverity = (rollout: PackRollout): number => rolloutPhases.indexOf(getRolloutPhase(rollout));

const compareAccounts = (a: AccountRollout, b: AccountRollout): number =>
  rolloutPhases.indexOf(getPhase(a.state)) - rolloutPhases.indexOf(getPhase(b.state)) ||
  compareTexts(a.account, b.account);

const sortedAccounts = new WeakMap<
  readonly AccountRollout[],
  { readonly sorted: readonly AccountRollout[]; readonly counts: RolloutCounts }
>();

/** Sorts once per array, because packs are joined whenever rows arrive, and may have thousands of accounts. */
function sortAccounts(rows: readonly AccountRollout[]) {
  const existing = sortedAccounts.get(rows);
  if (existing) return existing;
  const sorted = [...rows].sort(compareAccounts);
  const result = { sorted, counts: countAccounts(sorted) };
  sortedAccounts.set(rows, result);
  return result;
}

/** `accounts` is sorted, so that the first row of an account is its worst. */
function countAccounts(accounts: readonly AccountRollout[]): RolloutCounts {
  const counts = { failed: 0, unknown: 0, inProgress: 0, deleted: 0, done: 0 };
  const counted = new Set<string>();
  for (const { account, state } of accounts) {
    if (!counted.has(account)) counts[getPhase(state)] += 1;
    counted.add(account);
  }
  return counts;
}

/** A failed account contradicts as soon as it has been read. Accounts without a failure contradict only if all have been read. */
function findContradiction(
  overallState: string,
  accounts: readonly AccountRollout[],
  counts: RolloutCounts,
  isComplete: boolean,
): Contradiction | undefined {
  const overall = getPhase(overallState);
  if (overallState.endsWith('_SUCCESSFUL') && counts.failed > 0) return 'successfulAlthoughFailed';
  if (!isComplete || accounts.length === 0 || counts.unknown > 0 || counts.inProgress > 0) return undefined;
  if (overall === 'failed' && counts.failed === 0) return 'failedAlthoughNoneFailed';
  // Before an account starts to delete the pack, it reports that an earlier operation has ended.
  const hasEnded = ({ state }: AccountRollout) => !overallState.startsWith('DELETE_') || state.startsWith('DELETE_');
  if (overall !== 'inProgress' || !accounts.every(hasEnded)) return undefined;
  return counts.failed > 0 ? 'inProgressAlthoughEnded' : 'inProgressAlthoughDone';
}
