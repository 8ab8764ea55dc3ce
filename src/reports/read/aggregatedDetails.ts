import { mergeByCause } from '../../compliance/mergeErrors.ts';
import { AggregatedPackRules, type RuleWithResources } from '../../compliance/queries/aggregatedPackRules.ts';
import { describeMembership } from '../../compliance/text/membershipText.ts';
import type { AggregatorSource, RowLocation } from '../exportQuery.ts';
import type { PackDetails, ReportRule } from '../report.ts';
import { orderRules, type ReadOptions, throwIfExportEnds } from './details.ts';

/**
 * Reads the rules of an aggregator's row (DescribeAggregateComplianceByConfigRules), and the failing resources of each if
 * they are part of the content (GetAggregateComplianceDetailsByConfigRule).
 */
export async function readAggregatedDetails(
  { store, aggregator }: AggregatorSource,
  { pack, account, region }: RowLocation,
  { content, shownRules, signal }: ReadOptions,
): Promise<PackDetails> {
  const location = { aggregator: aggregator.name, pack, account, region };
  const data = new AggregatedPackRules(store, location, () => {});
  try {
    data.ensureLoaded();
    await Promise.all([data.rules, data.items, data.rows].map((list) => list.loadAll(signal)));
    signal.throwIfAborted();
    throwIfExportEnds(data.errors);
    const membership = data.findMembership() ?? { evidence: 'none', rules: [] };
    const describeRules = () => membership.rules.map((rule) => data.describeRule(rule));
    if (content === 'resources') await loadResources(data, orderRules(describeRules(), shownRules), signal);
    return {
      score: undefined,
      totalFailures: undefined,
      rules: orderRules(describeRules(), shownRules).map(toReportRule),
      note: describeMembership(membership, location, data),
      readAt: data.rules.readAt,
      failures: mergeByCause(data.errors),
    };
  } finally {
    data.close();
  }
}

async function loadResources(
  data: AggregatedPackRules,
  rules: readonly RuleWithResources[],
  signal: AbortSignal,
): Promise<void> {
  const failing = rules.filter((rule) => rule.failing > 0 || rule.hasMoreFailing);
  await Promise.all(
    failing.map(({ name }) => {
      data.loadResources(name, 1);
      return data.getResources(name)?.loadAll(signal);
    }),
  );
  signal.throwIfAborted();
  throwIfExportEnds(data.resourceErrors);
}

const toReportRule = ({ name, compliance, failing, hasMoreFailing, resources }: RuleWithResources): ReportRule => ({
  name,
  compliance,
  failing,
  hasMoreFailing,
  estimatedGain: undefined,
  controls: undefined,
  resources: resources && (resources.isComplete || resources.rows.length > 0) ? resources.rows : undefined,
  hasAllResources: resources ? resources.isComplete : failing === 0 && !hasMoreFailing,
});
