import {
  type AggregateRow,
  type ComplianceType,
  deploymentStates,
  isComplianceType,
  type PackCount,
  type Scope,
} from '../model.ts';

/** Formats a count, such as `1 pack` or `3 packs`. */
export const formatCount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

type AccountAndRegion = Pick<Scope, 'account' | 'region'>;

/** Formats an account and region, such as `111122223333 · us-east-1`. */
export const formatScope = ({ account, region }: AccountAndRegion): string => `${account} · ${region}`;

/** Formats an account and region with labels, such as `Account 111122223333 · region us-east-1`. */
export const formatScopeWithLabels = ({ account, region }: AccountAndRegion): string =>
  `Account ${account} · region ${region}`;

const complianceTexts: Record<ComplianceType, string> = {
  COMPLIANT: 'compliant',
  NON_COMPLIANT: 'non-compliant',
  INSUFFICIENT_DATA: 'insufficient data',
};

/** Formats a value that this version does not know as it came. */
export const formatUnknown = (value: string): string => `${value} (unknown)`;

/** Formats a compliance state, such as `non-compliant`. */
export const formatCompliance = (compliance: string): string =>
  isComplianceType(compliance) ? complianceTexts[compliance] : formatUnknown(compliance);

/** Formats a deployment state, such as `CREATE_COMPLETE`. */
export const formatDeploymentState = (state: string): string =>
  deploymentStates.includes(state) ? state : formatUnknown(state);

type RuleCounts = Pick<AggregateRow, 'compliantRules' | 'totalRules' | 'countsText'>;

/** Formats the rule counts of an aggregator's row, such as `7 of 9 rules passing`. */
export const formatRulesPassing = ({ compliantRules, totalRules, countsText }: RuleCounts): string =>
  countsText === undefined ? `${compliantRules} of ${totalRules} rules passing` : formatUnknownCounts(countsText);

/** Formats the packs of an account or region, such as `2 non-compliant · 5 compliant`. */
export const formatPackCount = ({ nonCompliantPacks, compliantPacks, countsText }: PackCount): string =>
  countsText === undefined
    ? `${nonCompliantPacks} non-compliant · ${compliantPacks} compliant`
    : formatUnknownCounts(countsText);

const formatUnknownCounts = (counts: string): string => `counts ${formatUnknown(counts)}`;
