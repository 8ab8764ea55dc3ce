import type { AccountRollout } from '../../compliance/organizationModel.ts';
import type { ScopedRollout } from '../../compliance/queries/rolloutReader.ts';
import { formatContradiction } from '../../compliance/text/rolloutText.ts';

/** An organization's pack as the command returns it: JSON without members for missing values. */
export interface RolloutResult {
  /** The organization's name of the pack. */
  readonly name: string;
  /** The account that answered, and the region of the rollout. */
  readonly account: string;
  readonly region: string;
  /** The overall state, such as `CREATE_SUCCESSFUL`. */
  readonly state?: string;
  readonly errorCode?: string;
  readonly reason?: string;
  /** How the overall state contradicts the accounts. */
  readonly contradiction?: string;
  /** Worst first. */
  readonly accounts: readonly AccountResult[];
  readonly excludedAccounts: readonly string[];
  /** Epoch milliseconds. */
  readonly readAt?: number;
}

/** The rollout to an account. */
export interface AccountResult {
  readonly account: string;
  /** The pack's name in the account. */
  readonly name?: string;
  readonly state: string;
  readonly errorCode?: string;
  readonly reason?: string;
  /** Epoch milliseconds. */
  readonly updatedAt?: number;
}

export function toRolloutResult({ scope, rollout, readAt }: ScopedRollout): RolloutResult {
  const { pack, status, accounts, excludedAccounts = [] } = rollout;
  const contradiction = formatContradiction(rollout);
  return {
    name: pack,
    account: scope.account,
    region: scope.region,
    ...(status && { state: status.state, ...toError(status) }),
    ...(contradiction !== undefined && { contradiction }),
    accounts: accounts.map(toAccountResult),
    excludedAccounts,
    ...(readAt !== undefined && { readAt }),
  };
}

const toAccountResult = ({ account, deployedName, state, updatedAt, ...error }: AccountRollout): AccountResult => ({
  account,
  ...(deployedName !== undefined && { name: deployedName }),
  state,
  ...toError(error),
  ...(updatedAt !== undefined && { updatedAt }),
});

const toError = ({ errorCode, reason }: Pick<AccountRollout, 'errorCode' | 'reason'>) => ({
  ...(errorCode !== undefined && { errorCode }),
  ...(reason !== undefined && { reason }),
});
