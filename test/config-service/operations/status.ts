import type { DescribeConformancePackStatusRequest } from '@aws-sdk/client-config-service';
import type { Pack } from '../estate/estate.ts';
import { deployedPacks } from './localPacks.ts';
import { epochSeconds, type Operation, stepsByKey } from './operation.ts';

/** DescribeConformancePackStatus. AWS promises no order; here it is by name. */
export const status: Operation<DescribeConformancePackStatusRequest> = {
  steps(estate, caller, { ConformancePackNames }, after) {
    return stepsByKey(deployedPacks(estate, caller, ConformancePackNames), ({ name }) => name, statusOf, after);
  },
  answer: (rows) => ({ ConformancePackStatusDetails: rows }),
};

function statusOf({ account, region, name, id, state, reason, requestedAt, completedAt }: Pack): object {
  return {
    ConformancePackName: name,
    ConformancePackId: id,
    ConformancePackArn: `arn:aws:config:${region}:${account}:conformance-pack/${name}/${id}`,
    ConformancePackState: state,
    StackArn: `arn:aws:cloudformation:${region}:${account}:stack/awsconfigconforms-${name}-${id}/${id}`,
    ...(reason === undefined ? {} : { ConformancePackStatusReason: reason }),
    LastUpdateRequestedTime: epochSeconds(requestedAt),
    ...(completedAt === undefined ? {} : { LastUpdateCompletedTime: epochSeconds(completedAt) }),
  };
}
