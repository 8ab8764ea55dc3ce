import type { DescribeConformancePackComplianceRequest } from '@aws-sdk/client-config-service';
import { getRuleCompliance } from '../estate/scoring.ts';
import { findRules, rejectInsufficientData } from './localPacks.ts';
import { iterateByKey, type Operation } from './operation.ts';

/** DescribeConformancePackCompliance: the state of each rule of a pack, ordered by rule name. */
export const packCompliance: Operation<DescribeConformancePackComplianceRequest> = {
  iterate(estate, caller, { ConformancePackName, Filters }, after) {
    rejectInsufficientData(Filters?.ComplianceType);
    const { rules } = findRules(estate, caller, ConformancePackName, Filters?.ConfigRuleNames);
    const complianceType = Filters?.ComplianceType;
    return iterateByKey(
      rules.filter((rule) => complianceType === undefined || getRuleCompliance(rule) === complianceType),
      ({ name }) => name,
      (rule) => ({ ConfigRuleName: rule.name, ComplianceType: getRuleCompliance(rule), Controls: rule.controls }),
      after,
    );
  },
  createOutput: (rows, { ConformancePackName }) => ({ ConformancePackName, ConformancePackRuleComplianceList: rows }),
};
