import { type AggregateRow, type ComplianceType, complianceTypes, type PackCount } from '../model.ts';

/** Whether a compliance state is one that this version knows. */
export const isComplianceType = (value: unknown): value is ComplianceType =>
  complianceTypes.some((type) => type === value);

/** The deployment states of packs that this version knows: those in the AWS Config API, and `UNKNOWN` for an absent one. */
const deploymentStates: readonly string[] = [
  'CREATE_IN_PROGRESS',
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'DELETE_IN_PROGRESS',
  'DELETE_FAILED',
  'UNKNOWN',
];

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

/** Formats a number of packs or rules in a compliance state, such as `2 non-compliant`. */
export const formatInState = (count: number, compliance: ComplianceType): string =>
  `${count} ${complianceTexts[compliance]}`;

/** Formats a deployment state, such as `CREATE_COMPLETE`. */
export const formatDeploymentState = (state: string): string =>
  deploymentStates.includes(state) ? state : formatUnknown(state);

/** Formats the state of an aggregator's source, such as `failed`. */
export const formatSourceState = (state: string): string =>
  /^(FAILED|OUTDATED)$/.test(state) ? state.toLowerCase() : formatUnknown(state);

type RuleCounts = Pick<AggregateRow, 'compliantRules' | 'totalRules' | 'countsText'>;

/** Formats the rule counts of an aggregator's row, such as `7 of 9 rules passing`. */
export const formatRulesPassing = ({ compliantRules, totalRules, countsText }: RuleCounts): string =>
  countsText === undefined ? `${compliantRules} of ${totalRules} rules passing` : formatUnknownCounts(countsText);

/** Formats the packs of an account or region, such as `2 non-compliant · 5 compliant`. */
export const formatPackCounts = ({ nonCompliantPacks, compliantPacks, countsText }: PackCount): string =>
  countsText === undefined
    ? `${formatInState(nonCompliantPacks, 'NON_COMPLIANT')} · ${formatInState(compliantPacks, 'COMPLIANT')}`
    : formatUnknownCounts(countsText);

const formatUnknownCounts = (counts: string): string => `counts ${formatUnknown(counts)}`;
