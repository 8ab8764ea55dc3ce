import type { Pack, Rule, RuleCounts } from './estate.ts';

export type ComplianceType = 'COMPLIANT' | 'NON_COMPLIANT' | 'INSUFFICIENT_DATA';

/** The state of a rule without results, and the score of a pack of such rules. */
export const insufficientData = 'INSUFFICIENT_DATA';

export function getRuleCompliance({ resources, failing }: Rule): ComplianceType {
  if (resources === 0) return insufficientData;
  return failing > 0 ? 'NON_COMPLIANT' : 'COMPLIANT';
}

export function countRules(rules: readonly Rule[]): RuleCounts {
  const types = rules.map(getRuleCompliance);
  return {
    compliant: types.filter((type) => type === 'COMPLIANT').length,
    nonCompliant: types.filter((type) => type === 'NON_COMPLIANT').length,
    total: rules.length,
  };
}

/** A pack is compliant if a rule is compliant and no rule is non-compliant. */
export function getPackCompliance({ compliant, nonCompliant }: RuleCounts): ComplianceType {
  if (nonCompliant > 0) return 'NON_COMPLIANT';
  return compliant > 0 ? 'COMPLIANT' : insufficientData;
}

/** Returns the published score: the percentage of compliant results with at most two decimals ("84", "61.54"). */
export function computeScore(rules: readonly Rule[]): string {
  const total = rules.reduce((sum, { resources }) => sum + resources, 0);
  const failing = rules.reduce((sum, rule) => sum + rule.failing, 0);
  return total === 0 ? insufficientData : String(Math.round((10000 * (total - failing)) / total) / 100);
}

/** Whether a pack can have results: only a pack that was created has rules. */
export function hasResults({ state }: Pack): boolean {
  return state !== 'CREATE_IN_PROGRESS' && state !== 'CREATE_FAILED';
}

/** Whether a pack exists in its scope. A deleted pack is only in aggregators. */
export function isDeployed({ state }: Pack): boolean {
  return state !== 'DELETED';
}
