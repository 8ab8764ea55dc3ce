import type {
  ConformancePackEvaluationFilters,
  GetConformancePackComplianceDetailsRequest,
} from '@aws-sdk/client-config-service';
import { ApiError } from '../errors.ts';
import type { Pack, Rule } from '../estate/estate.ts';
import { type Evaluation, evaluationOf } from '../estate/evaluations.ts';
import { refuseInsufficientData, rulesOf } from './localPacks.ts';
import { epochSeconds, type Operation, type Step } from './operation.ts';

/** GetConformancePackComplianceDetails: each resource's result, by rule name. */
export const packDetails: Operation<GetConformancePackComplianceDetailsRequest> = {
  *steps(estate, caller, { ConformancePackName, Filters }, after): Generator<Step> {
    refuseUnsupported(Filters);
    const { pack, rules } = rulesOf(estate, caller, ConformancePackName, Filters?.ConfigRuleNames);
    const [afterRule = '', afterIndex = '-1'] = after.split('\n');
    for (const rule of rules) {
      if (rule.name < afterRule) continue;
      const first = rule.name === afterRule ? Number(afterIndex) + 1 : 0;
      for (let index = first; index < rule.resources; index += 1) {
        const position = `${rule.name}\n${index}`;
        const evaluation = evaluationOf(pack, rule, index);
        yield passes(rule, evaluation, Filters) ? { position, row: resultOf(pack, rule, evaluation) } : { position };
      }
    }
  },
  answer: (rows, { ConformancePackName }) => ({ ConformancePackName, ConformancePackRuleEvaluationResults: rows }),
};

/** Resource ids mean nothing without their type. */
function refuseUnsupported({ ComplianceType, ResourceType, ResourceIds = [] }: ConformancePackEvaluationFilters = {}) {
  refuseInsufficientData(ComplianceType);
  if (ResourceIds.length > 0 && ResourceType === undefined) {
    throw new ApiError('InvalidParameterValueException', 'Resource IDs are valid only together with a resource type.');
  }
}

function passes(rule: Rule, { type, resourceId }: Evaluation, filters: ConformancePackEvaluationFilters = {}): boolean {
  const { ComplianceType = type, ResourceType = rule.resourceType, ResourceIds = [] } = filters;
  const isOfTypes = type === ComplianceType && rule.resourceType === ResourceType;
  return isOfTypes && (ResourceIds.length === 0 || ResourceIds.includes(resourceId));
}

function resultOf(pack: Pack, rule: Rule, { type, resourceId, annotation }: Evaluation): object {
  const recordedAt = epochSeconds(pack.scoredAt);
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
