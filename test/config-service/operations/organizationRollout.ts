import type { OrganizationResourceDetailedStatus } from '@aws-sdk/client-config-service';
import { ApiError } from '../errors.ts';
import type { Estate, Pack, PackState } from '../estate/estate.ts';
import { getOrganizationName } from '../estate/organization.ts';
import type { Caller } from '../identities.ts';
import { toEpochSeconds } from './operation.ts';

/** The rollout of an organization's pack to an account, as GetOrganizationConformancePackDetailedStatus returns it. */
export interface RolloutRow {
  readonly AccountId: string;
  readonly ConformancePackName: string;
  readonly Status: OrganizationResourceDetailedStatus;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
  /** Seconds since 1970. */
  readonly LastUpdateTime: number;
}

/** AWS's states of a pack in an account, by its local state. */
const statuses: Readonly<Record<PackState, OrganizationResourceDetailedStatus>> = {
  CREATE_IN_PROGRESS: 'CREATE_IN_PROGRESS',
  CREATE_COMPLETE: 'CREATE_SUCCESSFUL',
  CREATE_FAILED: 'CREATE_FAILED',
  DELETE_IN_PROGRESS: 'DELETE_IN_PROGRESS',
  DELETE_FAILED: 'DELETE_FAILED',
  DELETED: 'DELETE_SUCCESSFUL',
};

/** The home account represents the management account and its delegated administrators. */
export function rejectMemberAccount({ home }: Estate, { account }: Caller): void {
  if (account === home.account) return;
  throw new ApiError(
    'OrganizationAccessDeniedException',
    'This action can be only made by the management account or a delegated administrator account of the organization.',
  );
}

/**
 * Returns the names in member accounts of the packs that the organization deploys in the caller's region, or of those
 * with the given names. Throws NoSuchOrganizationConformancePackException for an unknown name.
 */
export function findOrganizationPacks(
  estate: Estate,
  { region }: Caller,
  names: readonly (string | undefined)[],
): readonly string[] {
  const deployed = estate.organizationPacks.filter((pack) =>
    estate.accounts.some((account) => estate.pack({ account, region }, pack) !== undefined),
  );
  const unknown = names.find((name) => !deployed.some((pack) => getOrganizationName(pack) === name));
  if (names.length > 0 && unknown !== undefined) {
    throw new ApiError(
      'NoSuchOrganizationConformancePackException',
      `The organization conformance pack ${unknown} does not exist. Check the name and try again.`,
    );
  }
  return names.length === 0 ? deployed : deployed.filter((pack) => names.includes(getOrganizationName(pack)));
}

/** Returns the rollout of an organization's pack to each account of the caller's region. */
export function listRollout(estate: Estate, caller: Caller, name: string | undefined): readonly RolloutRow[] {
  const { region } = caller;
  return findOrganizationPacks(estate, caller, [name]).flatMap((deployed) => {
    const packs = estate.accounts.flatMap((account) => estate.pack({ account, region }, deployed) ?? []);
    const failures = estate.rollout(deployed, region).failures.map(
      ({ account, code, message }): RolloutRow => ({
        AccountId: account,
        ConformancePackName: deployed,
        Status: 'CREATE_FAILED',
        ErrorCode: code,
        ErrorMessage: message,
        LastUpdateTime: Math.max(...packs.map(getUpdateTime)),
      }),
    );
    return [...packs.map(createRow), ...failures];
  });
}

function createRow(pack: Pack): RolloutRow {
  const { account, name, state, reason } = pack;
  return {
    AccountId: account,
    ConformancePackName: name,
    Status: statuses[state],
    ...(reason === undefined ? {} : { ErrorCode: 'CONFORMANCE_PACK_FAILED', ErrorMessage: reason }),
    LastUpdateTime: getUpdateTime(pack),
  };
}

function getUpdateTime({ completedAt, requestedAt }: Pack): number {
  return toEpochSeconds(completedAt ?? requestedAt);
}
