import type {
  GetOrganizationConformancePackDetailedStatusRequest,
  OrganizationResourceDetailedStatus,
} from '@aws-sdk/client-config-service';
import type { Caller } from '../identities.ts';
import { ApiError } from '../errors.ts';
import type { Estate, Pack, PackState } from '../estate/estate.ts';
import { epochSeconds, type Operation, stepsByKey } from './operation.ts';

const statuses: Readonly<Record<PackState, OrganizationResourceDetailedStatus>> = {
  CREATE_IN_PROGRESS: 'CREATE_IN_PROGRESS',
  CREATE_COMPLETE: 'CREATE_SUCCESSFUL',
  CREATE_FAILED: 'CREATE_FAILED',
  DELETE_IN_PROGRESS: 'DELETE_IN_PROGRESS',
  DELETE_FAILED: 'DELETE_FAILED',
  DELETED: 'DELETE_SUCCESSFUL',
};

/** GetOrganizationConformancePackDetailedStatus: an organization's pack in each account of the region, by account. */
export const organizationStatus: Operation<GetOrganizationConformancePackDetailedStatusRequest> = {
  steps(estate, caller, { OrganizationConformancePackName, Filters }, after) {
    refuseMember(estate, caller);
    const packs = packsOf(estate, caller, OrganizationConformancePackName).filter(
      ({ account, state }) =>
        account === (Filters?.AccountId ?? account) && statuses[state] === (Filters?.Status ?? statuses[state]),
    );
    return stepsByKey(packs, ({ account, name }) => `${account} ${name}`, statusOf, after);
  },
  answer: (rows) => ({ OrganizationConformancePackDetailedStatuses: rows }),
};

/** The estate's home account stands for the management account and its delegates. */
function refuseMember({ home }: Estate, { account }: Caller): void {
  if (account === home.account) return;
  throw new ApiError(
    'OrganizationAccessDeniedException',
    'This action can be only made by the management account or a delegated administrator account of the organization.',
  );
}

/** The deployments of an organization's pack in the caller's region, or NoSuchOrganizationConformancePackException. */
function packsOf(estate: Estate, { region }: Caller, wanted: string | undefined): readonly Pack[] {
  const deployedAs = estate.organizationPacks.filter((name) => name.slice('OrgConformsPack-'.length, -9) === wanted);
  const found = deployedAs.flatMap((name) =>
    estate.accounts.flatMap((account) => estate.pack({ account, region }, name) ?? []),
  );
  if (found.length > 0) return found;
  throw new ApiError(
    'NoSuchOrganizationConformancePackException',
    `The organization conformance pack ${wanted} does not exist. Check the name and try again.`,
  );
}

function statusOf({ account, name, state, reason, requestedAt, completedAt }: Pack): object {
  return {
    AccountId: account,
    ConformancePackName: name,
    Status: statuses[state],
    ...(reason === undefined ? {} : { ErrorCode: 'CONFORMANCE_PACK_FAILED', ErrorMessage: reason }),
    LastUpdateTime: epochSeconds(completedAt ?? requestedAt),
  };
}
