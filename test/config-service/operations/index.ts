import type { OperationName } from '../model.ts';
import { aggregateCompliance } from './aggregateCompliance.ts';
import { aggregateRuleDetails } from './aggregateRuleDetails.ts';
import { aggregateRules } from './aggregateRules.ts';
import { aggregateSummary } from './aggregateSummary.ts';
import { aggregatorSources } from './aggregatorSources.ts';
import { aggregators } from './aggregators.ts';
import type { Operation } from './operation.ts';
import { organizationPackStatuses, organizationPacks } from './organizationPacks.ts';
import { organizationStatus } from './organizationStatus.ts';
import { packCompliance } from './packCompliance.ts';
import { packDetails } from './packDetails.ts';
import { remediationExceptions } from './remediationExceptions.ts';
import { evaluationStatus, startEvaluation } from './ruleEvaluation.ts';
import { scores } from './scores.ts';
import { selectAggregate } from './selectAggregate.ts';
import { selectResources } from './selectResources.ts';
import { status } from './status.ts';

/** Every operation of the model. Inputs are validated against the model before. */
export const operations: Readonly<Record<OperationName, Operation<object>>> = {
  ListConformancePackComplianceScores: scores,
  DescribeAggregateComplianceByConformancePacks: aggregateCompliance,
  DescribeConformancePackStatus: status,
  DescribeConfigurationAggregators: aggregators,
  DescribeConfigurationAggregatorSourcesStatus: aggregatorSources,
  GetAggregateConformancePackComplianceSummary: aggregateSummary,
  DescribeConformancePackCompliance: packCompliance,
  GetConformancePackComplianceDetails: packDetails,
  GetOrganizationConformancePackDetailedStatus: organizationStatus,
  DescribeOrganizationConformancePacks: organizationPacks,
  DescribeOrganizationConformancePackStatuses: organizationPackStatuses,
  DescribeAggregateComplianceByConfigRules: aggregateRules,
  GetAggregateComplianceDetailsByConfigRule: aggregateRuleDetails,
  SelectAggregateResourceConfig: selectAggregate,
  DescribeRemediationExceptions: remediationExceptions,
  SelectResourceConfig: selectResources,
  StartConfigRulesEvaluation: startEvaluation,
  DescribeConfigRuleEvaluationStatus: evaluationStatus,
};
