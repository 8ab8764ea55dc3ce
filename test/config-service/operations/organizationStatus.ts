import type { GetOrganizationConformancePackDetailedStatusRequest } from '@aws-sdk/client-config-service';
import { iterateByKey, type Operation } from './operation.ts';
import { listRollout, type RolloutRow, rejectMemberAccount } from './organizationRollout.ts';

/** GetOrganizationConformancePackDetailedStatus: an organization's pack in each account of the region, ordered by account. */
export const organizationStatus: Operation<GetOrganizationConformancePackDetailedStatusRequest> = {
  iterate(estate, caller, { OrganizationConformancePackName, Filters }, after) {
    rejectMemberAccount(estate, caller);
    const rows = listRollout(estate, caller, OrganizationConformancePackName).filter(
      ({ AccountId, Status }) =>
        AccountId === (Filters?.AccountId ?? AccountId) && Status === (Filters?.Status ?? Status),
    );
    return iterateByKey(rows, getKey, (row) => row, after);
  },
  createOutput: (rows) => ({ OrganizationConformancePackDetailedStatuses: rows }),
};

const getKey = ({ AccountId, ConformancePackName }: RolloutRow): string => `${AccountId} ${ConformancePackName}`;
