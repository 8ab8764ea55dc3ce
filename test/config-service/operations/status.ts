import type { DescribeConformancePackStatusRequest } from '@aws-sdk/client-config-service';
import type { Pack } from '../estate/estate.ts';
import { findDeployedPacks } from './localPacks.ts';
import { iterateByKey, type Operation, toEpochSeconds } from './operation.ts';

/** DescribeConformancePackStatus, ordered by name. AWS guarantees no order. */
export const status: Operation<DescribeConformancePackStatusRequest> = {
  iterate(estate, caller, { ConformancePackNames }, after) {
    return iterateByKey(findDeployedPacks(estate, caller, ConformancePackNames), ({ name }) => name, createRow, after);
  },
  createOutput: (rows) => ({ ConformancePackStatusDetails: rows }),
};

function createRow({ account, region, name, id, state, reason, requestedAt, completedAt }: Pack): object {
  return {
    ConformancePackName: name,
    ConformancePackId: id,
    ConformancePackArn: `arn:aws:config:${region}:${account}:conformance-pack/${name}/${id}`,
    ConformancePackState: state,
    StackArn: `arn:aws:cloudformation:${region}:${account}:stack/awsconfigconforms-${name}-${id}/${id}`,
    ...(reason === undefined ? {} : { ConformancePackStatusReason: reason }),
    LastUpdateRequestedTime: toEpochSeconds(requestedAt),
    ...(completedAt === undefined ? {} : { LastUpdateCompletedTime: toEpochSeconds(completedAt) }),
  };
}
