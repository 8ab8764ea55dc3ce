/** How the organization deploys one of its packs in a region. */
export interface Rollout {
  readonly excludedAccounts: readonly string[];
  /** Accounts in which the pack could not even be created, so that only the organization knows of it. */
  readonly failures: readonly RolloutFailure[];
  /** Whether AWS still reports the rollout as in progress although every account is done. */
  readonly isStuck: boolean;
}

export interface RolloutFailure {
  readonly account: string;
  readonly code: string;
  readonly message: string;
}

/** The failure of an account without a configuration recorder. */
export const createRecorderFailure = (account: string): RolloutFailure => ({
  account,
  code: 'NoAvailableConfigurationRecorderException',
  message: 'Configuration recorder is not available to put the conformance pack.',
});

const prefix = 'OrgConformsPack-';

/** Returns the organization's name of a pack from its name in member accounts, `OrgConformsPack-<name>-<8>`. */
export function getOrganizationName(deployedName: string): string {
  return deployedName.slice(prefix.length, -'-01234567'.length);
}
