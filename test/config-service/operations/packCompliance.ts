import type { DescribeConformancePackComplianceRequest } from '@aws-sdk/client-config-service';
import { ruleCompliance } from '../estate/scoring.ts';
import { refuseInsufficientData, rulesOf } from './localPacks.ts';
import { type Operation, stepsByKey } from './operation.ts';

/** DescribeConformancePackCompliance: the state of each rule of one pack, by rule name. */
export const packCompliance: Operation<DescribeConformancePackComplianceRequest> = {
  steps(estate, caller, { ConformancePackName, Filters }, after) {
    refuseInsufficientData(Filters?.ComplianceType);
    const { rules } = rulesOf(estate, caller, ConformancePackName, Filters?.ConfigRuleNames);
    const wanted = Filters?.ComplianceType;
    return stepsByKey(
      rules.filter((rule) => wanted === undefined || ruleCompliance(rule) === wanted),
      ({ name }) => name,
      (rule) => ({ ConfigRuleName: rule.name, ComplianceType: ruleCompliance(rule), Controls: rule.controls }),
      after,
    );
  },
  answer: (rows, { ConformancePackName }) => ({ ConformancePackName, ConformancePackRuleComplianceList: rows }),
};
