import { computeGain } from '../../compliance/estimatedGain.ts';
import { mergeByCause } from '../../compliance/mergeErrors.ts';
import type { Pack } from '../../compliance/model.ts';
import type { ScopeSource } from '../exportQuery.ts';
import type { PackDetails } from '../report.ts';
import { orderRules, type ReadOptions, throwIfExportEnds } from './details.ts';
import { readResourceDetails } from './resourceDetails.ts';

/**
 * Reads the rules and failing results of a pack in the connection's own scope (DescribeConformancePackCompliance,
 * GetConformancePackComplianceDetails).
 */
export async function readOwnDetails(
  { store }: ScopeSource,
  { name, score }: Pack,
  options: ReadOptions,
): Promise<PackDetails> {
  const { content, shownRules, signal } = options;
  const list = store.createRuleList(name);
  await list.loadAll(signal);
  signal.throwIfAborted();
  throwIfExportEnds(list.errors);
  const { failingResults } = list;
  const details = await readResourceDetails(store, failingResults, options);
  const totalFailures = failingResults.isComplete ? failingResults.rows.length : undefined;
  const getGain = (failing: number) =>
    score?.percent === undefined || totalFailures === undefined || failing === 0
      ? undefined
      : computeGain(score.percent, failing, totalFailures);
  const rules = list.rows.map((rule) => ({ ...rule, resources: rule.failing, failing: rule.failing.length }));
  return {
    score,
    totalFailures,
    rules: orderRules(rules, shownRules).map(({ name: ruleName, compliance, controls, failing, resources }) => ({
      name: ruleName,
      compliance,
      controls,
      failing,
      hasMoreFailing: totalFailures === undefined,
      estimatedGain: getGain(failing),
      resources:
        content !== 'resources' || (failing === 0 && totalFailures === undefined)
          ? undefined
          : resources.map(details.describe),
      hasAllResources: totalFailures !== undefined,
    })),
    note: undefined,
    readAt: list.readAt,
    failures: mergeByCause([...list.errors, ...details.errors]),
  };
}
