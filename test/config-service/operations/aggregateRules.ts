import type {
  ConfigRuleComplianceFilters,
  DescribeAggregateComplianceByConfigRulesRequest,
} from '@aws-sdk/client-config-service';
import type { Rule, Scope } from '../estate/estate.ts';
import { getRuleCompliance } from '../estate/scoring.ts';
import { iterateScopes, listScopeRules } from './aggregatedRules.ts';
import { findAggregator } from './aggregators.ts';
import type { Operation, Step } from './operation.ts';

/** AWS counts no more resources than these. */
const maxCount = 25;

/** DescribeAggregateComplianceByConfigRules: rules of deployed packs, ordered by account, region and name. */
export const aggregateRules: Operation<DescribeAggregateComplianceByConfigRulesRequest> = {
  *iterate(estate, caller, { ConfigurationAggregatorName, Filters }, after): Generator<Step> {
    const aggregator = findAggregator(estate, caller, ConfigurationAggregatorName);
    const filters = { account: Filters?.AccountId, region: Filters?.AwsRegion };
    const [afterAccount = '', afterRegion = '', ...afterName] = after.split('/');
    for (const scope of iterateScopes(aggregator, filters, afterAccount, afterRegion)) {
      const isFirst = scope.account === afterAccount && scope.region === afterRegion;
      for (const { rule } of listScopeRules(estate, scope)) {
        if (isFirst && rule.name <= afterName.join('/')) continue;
        const position = `${scope.account}/${scope.region}/${rule.name}`;
        yield matches(rule, Filters) ? { position, row: createRow(scope, rule) } : { position };
      }
      // An account without rules is work, too.
      yield { position: `${scope.account}/${scope.region}/\uffff` };
    }
  },
  createOutput: (rows) => ({ AggregateComplianceByConfigRules: rows }),
};

function matches(rule: Rule, { ConfigRuleName, ComplianceType }: ConfigRuleComplianceFilters = {}): boolean {
  if (ConfigRuleName !== undefined && rule.name !== ConfigRuleName) return false;
  return ComplianceType === undefined || getRuleCompliance(rule) === ComplianceType;
}

function createRow({ account, region }: Scope, rule: Rule): object {
  const ComplianceType = getRuleCompliance(rule);
  const count = ComplianceType === 'NON_COMPLIANT' ? rule.failing : rule.resources;
  return {
    ConfigRuleName: rule.name,
    Compliance: {
      ComplianceType,
      ...(count > 0 && {
        ComplianceContributorCount: { CappedCount: Math.min(count, maxCount), CapExceeded: count > maxCount },
      }),
    },
    AccountId: account,
    AwsRegion: region,
  };
}
