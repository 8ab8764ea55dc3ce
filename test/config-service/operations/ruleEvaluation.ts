import type {
  DescribeConfigRuleEvaluationStatusRequest,
  StartConfigRulesEvaluationRequest,
} from '@aws-sdk/client-config-service';
import { ApiError } from '../errors.ts';
import type { Pack, Rule, Scope } from '../estate/estate.ts';
import { findDeployedRule } from './localPacks.ts';
import { iterateByKey, type Operation, toEpochSeconds } from './operation.ts';

/** StartConfigRulesEvaluation: refuses the whole call if a rule is unknown or still being evaluated. Has no rows. */
export const startEvaluation: Operation<StartConfigRulesEvaluationRequest> = {
  iterate(estate, caller, { ConfigRuleNames = [] }) {
    for (const name of ConfigRuleNames) findDeployedRule(estate, caller, name);
    const running = ConfigRuleNames.find((name) => estate.ruleEvaluations.isRunning(caller, name));
    if (running !== undefined) {
      throw new ApiError('ResourceInUseException', `An evaluation of the rule ${running} is in progress.`);
    }
    for (const name of ConfigRuleNames) estate.ruleEvaluations.start(caller, name);
    return [];
  },
  createOutput: () => ({}),
  getDefaultPageSize: () => 1,
};

/** DescribeConfigRuleEvaluationStatus, ordered by name, for the given rules only. */
export const evaluationStatus: Operation<DescribeConfigRuleEvaluationStatusRequest> = {
  iterate(estate, caller, { ConfigRuleNames = [] }, after) {
    const found = ConfigRuleNames.map((name) => findDeployedRule(estate, caller, name));
    return iterateByKey(
      found,
      ({ rule }) => rule.name,
      ({ pack, rule }) => createRow(pack, rule, estate.ruleEvaluations.poll(caller, rule.name)),
      after,
    );
  },
  createOutput: (rows) => ({ ConfigRulesEvaluationStatus: rows }),
};

function createRow(
  { account, region, requestedAt }: Pack & Scope,
  { name }: Rule,
  last: { readonly endedAt: Date; readonly error?: string } | undefined,
): object {
  const ended = toEpochSeconds(last?.endedAt ?? requestedAt);
  return {
    ConfigRuleName: name,
    ConfigRuleArn: `arn:aws:config:${region}:${account}:config-rule/${name}`,
    FirstEvaluationStarted: true,
    LastSuccessfulEvaluationTime: last?.error === undefined ? ended : toEpochSeconds(requestedAt),
    ...(last?.error !== undefined && {
      LastFailedEvaluationTime: ended,
      LastErrorCode: 'EvaluationFailed',
      LastErrorMessage: last.error,
    }),
  };
}
