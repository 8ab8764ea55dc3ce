import type {
  ConformancePackEvaluationFilters,
  GetConformancePackComplianceDetailsRequest,
} from '@aws-sdk/client-config-service';
import { ApiError } from '../errors.ts';
import type { Pack, Rule } from '../estate/estate.ts';
import { type Evaluation, getEvaluation } from '../estate/evaluations.ts';
import { findRules, rejectInsufficientData } from './localPacks.ts';
import { type Operation, type Step, toEpochSeconds } from './operation.ts';

/** GetConformancePackComplianceDetails: the result of each resource, ordered by rule name. */
export const packDetails: Operation<GetConformancePackComplianceDetailsRequest> = {
  *iterate(estate, caller, { ConformancePackName, Filters }, after): Generator<Step> {
    rejectUnsupported(Filters);
    const { pack, rules } = findRules(estate, caller, ConformancePackName, Filters?.ConfigRuleNames);
    const [afterRule = '', afterIndex = '-1'] = after.split('\n');
    for (const rule of rules) {
      if (rule.name < afterRule) continue;
      const first = rule.name === afterRule ? Number(afterIndex) + 1 : 0;
      for (let index = first; index < rule.resources; index += 1) {
        const position = `${rule.name}\n${index}`;
        const evaluation = getEvaluation(pack, rule, index);
        yield matches(rule, evaluation, Filters)
          ? { position, row: createEvaluationRow(pack, rule, evaluation) }
          : { position };
      }
    }
  },
  createOutput: (rows, { ConformancePackName }) => ({
    ConformancePackName,
    ConformancePackRuleEvaluationResults: rows,
  }),
};

/** Rejects filters that AWS does not support, such as resource ids without their type. */
function rejectUnsupported({ ComplianceType, ResourceType, ResourceIds = [] }: ConformancePackEvaluationFilters = {}) {
  rejectInsufficientData(ComplianceType);
  if (ResourceIds.length > 0 && ResourceType === undefined) {
    throw new ApiError('InvalidParameterValueException', 'Resource IDs are valid only together with a resource type.');
  }
}

function matches(
  rule: Rule,
  { type, resourceId }: Evaluation,
  filters: ConformancePackEvaluationFilters = {},
): boolean {
  const { ComplianceType = type, ResourceType = rule.resourceType, ResourceIds = [] } = filters;
  const isOfTypes = type === ComplianceType && rule.resourceType === ResourceType;
  return isOfTypes && (ResourceIds.length === 0 || ResourceIds.includes(resourceId));
}

/** Creates the result of a rule for a resource, as AWS Config returns it. */
export function createEvaluationRow(pack: Pack, rule: Rule, { type, resourceId, annotation }: Evaluation): object {
  const recordedAt = toEpochSeconds(pack.scoredAt);
  return {
    ComplianceType: type,
    EvaluationResultIdentifier: {
      EvaluationResultQualifier: {
        ConfigRuleName: rule.name,
        ResourceType: rule.resourceType,
        ResourceId: resourceId,
        EvaluationMode: 'DETECTIVE',
      },
      OrderingTimestamp: recordedAt,
    },
    ConfigRuleInvokedTime: recordedAt,
    ResultRecordedTime: recordedAt,
    ...(annotation === undefined ? {} : { Annotation: annotation }),
  };
}
