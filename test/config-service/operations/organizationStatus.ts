import type {
  GetOrganizationConformancePackDetailedStatusRequest,
  OrganizationResourceDetailedStatus,
} from '@aws-sdk/client-config-service';
import { ApiError } from '../errors.ts';
import type { Estate, Pack, PackState } from '../estate/estate.ts';
import type { Caller } from '../identities.ts';
import { iterateByKey, type Operation, toEpochSeconds } from './operation.ts';

const statuses: Readonly<Record<PackState, OrganizationResourceDetailedStatus>> = {
  CREATE_IN_PROGRESS: 'CREATE_IN_PROGRESS',
  CREATE_COMPLETE: 'CREATE_SUCCESSFUL',
  CREATE_FAILED: 'CREATE_FAILED',
  DELETE_IN_PROGRESS: 'DELETE_IN_PROGRESS',
  DELETE_FAILED: 'DELETE_FAILED',
  DELETED: 'DELETE_SUCCESSFUL',
};

/** GetOrganizationConformancePackDetailedStatus: an organization's pack in each account of the region, ordered by account. */
export const organizationStatus: Operation<GetOrganizationConformancePackDetailedStatusRequest> = {
  iterate(estate, caller, { OrganizationConformancePackName, Filters }, after) {
    rejectMemberAccount(estate, caller);
    const packs = findDeployments(estate, caller, OrganizationConformancePackName).filter(
      ({ account, state }) =>
        account === (Filters?.AccountId ?? account) && statuses[state] === (Filters?.Status ?? statuses[state]),
    );
    return iterateByKey(packs, ({ account, name }) => `${account} ${name}`, createRow, after);
  },
  createOutput: (rows) => ({ OrganizationConformancePackDetailedStatuses: rows }),
};

/** The home account represents the management account and its delegated administrators. */
function rejectMemberAccount({ home }: Estate, { account }: Caller): void {
  if (account === home.account) return;
  throw new ApiError(
    'OrganizationAccessDeniedException',
    'This action can be only made by the management account or a delegated administrator account of the organization.',
  );
}

/** Returns the deployments of an organization's pack in the caller's region, or throws NoSuchOrganizationConformancePackException. */
function findDeployments(estate: Estate, { region }: Caller, name: string | undefined): readonly Pack[] {
  const deployedNames = estate.organizationPacks.filter(
    (deployed) => deployed.slice('OrgConformsPack-'.length, -9) === name,
  );
  const packs = deployedNames.flatMap((deployed) =>
    estate.accounts.flatMap((account) => estate.pack({ account, region }, deployed) ?? []),
  );
  if (packs.length > 0) return packs;
  throw new ApiError(
    'NoSuchOrganizationConformancePackException',
    `The organization conformance pack ${name} does not exist. Check the name and try again.`,
  );
}

function createRow({ account, name, state, reason, requestedAt, completedAt }: Pack): object {
  return {
    AccountId: account,
    ConformancePackName: name,
    Status: statuses[state],
    ...(reason === undefined ? {} : { ErrorCode: 'CONFORMANCE_PACK_FAILED', ErrorMessage: reason }),
    LastUpdateTime: toEpochSeconds(completedAt ?? requestedAt),
  };
}
