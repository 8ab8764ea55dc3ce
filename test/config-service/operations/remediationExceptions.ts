import type { DescribeRemediationExceptionsRequest } from '@aws-sdk/client-config-service';
import { getEvaluation } from '../estate/evaluations.ts';
import { getException } from '../estate/resources.ts';
import { lookUpRule } from './localPacks.ts';
import { type Operation, type Step, toEpochSeconds } from './operation.ts';

/** DescribeRemediationExceptions: the excepted resources of a rule, or those of them with the given keys; none if the rule is unknown. */
export const remediationExceptions: Operation<DescribeRemediationExceptionsRequest> = {
  *iterate(estate, caller, { ConfigRuleName = '', ResourceKeys }, after): Generator<Step> {
    const found = lookUpRule(estate, caller, ConfigRuleName);
    if (found === undefined) return;
    const { pack, rule } = found;
    const isSelected = (id: string) =>
      ResourceKeys?.some(({ ResourceType, ResourceId }) => ResourceType === rule.resourceType && ResourceId === id) ??
      true;
    for (let index = after === '' ? 0 : Number(after) + 1; index < rule.failing; index += 1) {
      const evaluation = getEvaluation(pack, rule, index);
      const exception = getException(pack, rule, evaluation);
      const position = String(index);
      if (exception === undefined || !isSelected(evaluation.resourceId)) yield { position };
      else {
        const row = {
          ConfigRuleName: rule.name,
          ResourceType: rule.resourceType,
          ResourceId: evaluation.resourceId,
          Message: exception.message,
          ...(exception.expiresAt && { ExpirationTime: toEpochSeconds(exception.expiresAt) }),
        };
        yield { position, row };
      }
    }
  },
  createOutput: (rows) => ({ RemediationExceptions: rows }),
  getDefaultPageSize: () => 25,
};
