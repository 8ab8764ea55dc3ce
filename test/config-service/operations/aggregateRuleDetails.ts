import type { GetAggregateComplianceDetailsByConfigRuleRequest } from '@aws-sdk/client-config-service';
import { type Evaluation, getEvaluation } from '../estate/evaluations.ts';
import { type DeployedRule, listScopeRules } from './aggregatedRules.ts';
import { findAggregator } from './aggregators.ts';
import type { Operation, Step } from './operation.ts';
import { createEvaluationRow } from './packDetails.ts';

/** GetAggregateComplianceDetailsByConfigRule: the resources of one rule in one account and region; none if it is unknown. */
export const aggregateRuleDetails: Operation<GetAggregateComplianceDetailsByConfigRuleRequest> = {
  *iterate(estate, caller, input, after): Generator<Step> {
    const { AccountId: account = '', AwsRegion: region = '', ConfigRuleName, ComplianceType } = input;
    const { accounts, regions } = findAggregator(estate, caller, input.ConfigurationAggregatorName);
    if (!accounts.includes(account) || !regions.includes(region)) return;
    const found = listScopeRules(estate, { account, region }).find(({ rule }) => rule.name === ConfigRuleName);
    if (found === undefined) return;
    const first = after === '' ? 0 : Number(after) + 1;
    for (let index = first; index < found.rule.resources; index += 1) {
      const evaluation = getEvaluation(found.pack, found.rule, index);
      const isMatch = evaluation.type === (ComplianceType ?? evaluation.type);
      yield { position: String(index), ...(isMatch && { row: createRow(found, evaluation) }) };
    }
  },
  createOutput: (rows) => ({ AggregateEvaluationResults: rows }),
};

function createRow({ pack, rule }: DeployedRule, evaluation: Evaluation): object {
  return { ...createEvaluationRow(pack, rule, evaluation), AccountId: pack.account, AwsRegion: pack.region };
}
