import type {
  DescribeOrganizationConformancePackStatusesRequest,
  DescribeOrganizationConformancePacksRequest,
  OrganizationResourceStatus,
} from '@aws-sdk/client-config-service';
import type { Estate } from '../estate/estate.ts';
import { hashText, lowerAlphanumeric } from '../estate/hash.ts';
import { getOrganizationName } from '../estate/organization.ts';
import type { Caller } from '../identities.ts';
import { iterateByKey, type Operation } from './operation.ts';
import { findOrganizationPacks, listRollout, type RolloutRow, rejectMemberAccount } from './organizationRollout.ts';

/** DescribeOrganizationConformancePacks: the organization's packs in the caller's region, ordered by name. */
export const organizationPacks: Operation<DescribeOrganizationConformancePacksRequest> = {
  iterate(estate, caller, { OrganizationConformancePackNames: names = [] }, after) {
    rejectMemberAccount(estate, caller);
    const packs = findOrganizationPacks(estate, caller, names);
    return iterateByKey(packs, getOrganizationName, (pack) => createPackRow(estate, caller, pack), after);
  },
  createOutput: (rows) => ({ OrganizationConformancePacks: rows }),
};

/** DescribeOrganizationConformancePackStatuses: the overall rollout of the same packs. */
export const organizationPackStatuses: Operation<DescribeOrganizationConformancePackStatusesRequest> = {
  iterate(estate, caller, { OrganizationConformancePackNames: names = [] }, after) {
    rejectMemberAccount(estate, caller);
    const packs = findOrganizationPacks(estate, caller, names);
    return iterateByKey(packs, getOrganizationName, (pack) => createStatusRow(estate, caller, pack), after);
  },
  createOutput: (rows) => ({ OrganizationConformancePackStatuses: rows }),
};

function createPackRow(estate: Estate, caller: Caller, pack: string): object {
  const name = getOrganizationName(pack);
  const id = hashText(8, lowerAlphanumeric, caller.account, caller.region, pack);
  return {
    OrganizationConformancePackName: name,
    OrganizationConformancePackArn: `arn:aws:config:${caller.region}:${caller.account}:organization-conformance-pack/${name}-${id}`,
    ExcludedAccounts: estate.rollout(pack, caller.region).excludedAccounts,
    LastUpdateTime: getLastUpdateTime(listRollout(estate, caller, name)),
  };
}

/** A pack with a failure in any account has failed. It is in progress while an account is, or if it is stuck. */
function createStatusRow(estate: Estate, caller: Caller, pack: string): object {
  const name = getOrganizationName(pack);
  const rows = listRollout(estate, caller, name);
  const failed = rows.filter(({ Status }) => Status.endsWith('_FAILED'));
  const isInProgress =
    estate.rollout(pack, caller.region).isStuck || rows.some(({ Status }) => Status.endsWith('_IN_PROGRESS'));
  const Status: OrganizationResourceStatus = isInProgress
    ? 'CREATE_IN_PROGRESS'
    : failed.length > 0
      ? 'CREATE_FAILED'
      : 'CREATE_SUCCESSFUL';
  return {
    OrganizationConformancePackName: name,
    Status,
    ...(Status === 'CREATE_FAILED' && {
      ErrorCode: 'OrganizationConformancePackFailed',
      ErrorMessage: `The conformance pack failed in ${failed.length} of ${rows.length} accounts.`,
    }),
    LastUpdateTime: getLastUpdateTime(rows),
  };
}

function getLastUpdateTime(rows: readonly RolloutRow[]): number {
  return Math.max(...rows.map(({ LastUpdateTime }) => LastUpdateTime));
}
