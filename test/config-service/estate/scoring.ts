import type { Pack, Rule, RuleCounts } from './estate.ts';

export type ComplianceType = 'COMPLIANT' | 'NON_COMPLIANT' | 'INSUFFICIENT_DATA';

/** What a rule without any result, or a pack of such rules, scores. */
export const insufficientData = 'INSUFFICIENT_DATA';

export function ruleCompliance({ resources, failing }: Rule): ComplianceType {
  if (resources === 0) return insufficientData;
  return failing > 0 ? 'NON_COMPLIANT' : 'COMPLIANT';
}

export function countRules(rules: readonly Rule[]): RuleCounts {
  const types = rules.map(ruleCompliance);
  return {
    compliant: types.filter((type) => type === 'COMPLIANT').length,
    nonCompliant: types.filter((type) => type === 'NON_COMPLIANT').length,
    total: rules.length,
  };
}

/** A pack is compliant as soon as one rule holds and none fails. */
export function packCompliance({ compliant, nonCompliant }: RuleCounts): ComplianceType {
  if (nonCompliant > 0) return 'NON_COMPLIANT';
  return compliant > 0 ? 'COMPLIANT' : insufficientData;
}

/** The published score: per cent of rule–resource results that are compliant, at most two decimals ("84", "61.54"). */
export function scoreOf(rules: readonly Rule[]): string {
  const all = rules.reduce((sum, { resources }) => sum + resources, 0);
  const failing = rules.reduce((sum, rule) => sum + rule.failing, 0);
  return all === 0 ? insufficientData : String(Math.round((10000 * (all - failing)) / all) / 100);
}

/** Only a pack whose creation once succeeded has rules, and with them results. */
export function hasResults({ state }: Pack): boolean {
  return state !== 'CREATE_IN_PROGRESS' && state !== 'CREATE_FAILED';
}

/** A deleted pack is gone everywhere but in an aggregator. */
export function isDeployed({ state }: Pack): boolean {
  return state !== 'DELETED';
}
