import type { EarlierScore } from '../compliance/history/history.ts';
import { type AggregateRow, getScoreCompliance, isFailedState, type Pack, type Scope } from '../compliance/model.ts';
import type { RuleLocationRank, RuleRank } from '../compliance/organization/failingRules.ts';
import { formatScore, isComputed } from '../compliance/text/score.ts';
import { formatPointChange } from '../compliance/text/scoreChange.ts';
import { formatCompliance, formatDeploymentState, formatRulesPassing } from '../compliance/text/states.ts';
import { formatIsoTimeOrNull } from '../compliance/text/time.ts';
import { formatFailing } from './detailsText.ts';
import type { Column, Table } from './table.ts';
import { formatTimeWithAge, formatUtcTime } from './times.ts';

/**
 * The packs of a scope. `readAt` is when they were read, epoch milliseconds. With `getEarlierScore`, it has the changes
 * since the last visit.
 */
export const createPackTable = (
  { account, region }: Scope,
  readAt: number,
  getEarlierScore?: (pack: Pack) => EarlierScore | undefined,
): Table<Pack> => ({
  dataColumns: [
    { name: 'pack', getValue: ({ name }) => name },
    { name: 'account', getValue: () => account },
    { name: 'region', getValue: () => region },
    { name: 'score', getValue: ({ score }) => score?.percent ?? null },
    { name: 'scoreText', getValue: ({ score }) => score?.text ?? null },
    { name: 'scoreComputedAt', getValue: ({ score }) => formatIsoTimeOrNull(score?.updatedAt) },
    { name: 'deploymentState', getValue: ({ deployment }) => deployment?.state ?? null },
    { name: 'deploymentReason', getValue: ({ deployment }) => deployment?.reason || null },
    { name: 'deploymentRequestedAt', getValue: ({ deployment }) => formatIsoTimeOrNull(deployment?.requestedAt) },
    { name: 'deploymentCompletedAt', getValue: ({ deployment }) => formatIsoTimeOrNull(deployment?.completedAt) },
    { name: 'arn', getValue: ({ deployment }) => deployment?.arn ?? null },
    ...(getEarlierScore ? createChangeColumns(getEarlierScore) : []),
  ],
  displayColumns: [
    { name: 'Conformance pack', getValue: ({ name }) => name },
    { name: 'Published score', getValue: ({ score }) => formatScore(score) },
    {
      name: 'Score computed',
      getValue: ({ score }) =>
        score?.updatedAt === undefined || !isComputed(score) ? '' : formatTimeWithAge(score.updatedAt, readAt),
    },
    ...(getEarlierScore
      ? [{ name: 'Since last visit', getValue: (pack: Pack) => describeChange(pack, getEarlierScore(pack)) }]
      : []),
    {
      name: 'Deployment',
      getValue: ({ deployment }) => (deployment ? formatDeploymentState(deployment.state) : 'unknown'),
    },
    { name: 'Reason', getValue: ({ deployment }) => deployment?.reason ?? '' },
  ],
  counters: [
    { name: 'withoutScore', label: 'Without a score', matches: ({ score }) => score?.percent === undefined },
    {
      name: 'nonCompliant',
      label: 'Score below 100%',
      matches: ({ score }) => getScoreCompliance(score) === 'NON_COMPLIANT',
    },
    { name: 'compliant', label: 'Score of 100%', matches: ({ score }) => getScoreCompliance(score) === 'COMPLIANT' },
    {
      name: 'failedDeployments',
      label: 'Failed deployments',
      matches: ({ deployment }) => isFailedState(deployment?.state),
    },
  ],
  getLocation: ({ name }) => ({ pack: name, account, region }),
});

/** The score of the last visit, when it was read, and what the score gained since. Null is unknown, 0 is no change. */
const createChangeColumns = (getEarlierScore: (pack: Pack) => EarlierScore | undefined): readonly Column<Pack>[] => [
  { name: 'earlierScore', getValue: (pack) => getEarlierScore(pack)?.before ?? null },
  { name: 'earlierScoreReadAt', getValue: (pack) => formatIsoTimeOrNull(getEarlierScore(pack)?.since) },
  { name: 'scoreChange', getValue: (pack) => getPoints(pack, getEarlierScore(pack)) ?? null },
];

/** The gained points, without the noise of floating-point numbers. */
function getPoints({ score }: Pack, earlier: EarlierScore | undefined): number | undefined {
  if (!earlier || score?.percent === undefined) return undefined;
  return Number((score.percent - earlier.before).toFixed(6));
}

/** Formats a change, such as `▼ 3.2 (2026-01-14 04:00:00 UTC)`; empty if it is unknown. */
function describeChange(pack: Pack, earlier: EarlierScore | undefined): string {
  const points = getPoints(pack, earlier);
  if (!earlier || points === undefined) return '';
  const change = Math.abs(points) < 0.05 ? 'no change' : formatPointChange(points);
  return `${change} (${formatUtcTime(earlier.since)})`;
}

/** The rows of an aggregator: counts of rules, never a score. */
export const aggregateTable: Table<AggregateRow> = {
  dataColumns: [
    { name: 'pack', getValue: ({ pack }) => pack },
    { name: 'account', getValue: ({ account }) => account },
    { name: 'region', getValue: ({ region }) => region },
    { name: 'compliance', getValue: ({ compliance }) => compliance ?? null },
    { name: 'compliantRules', getValue: ({ compliantRules, countsText }) => (countsText ? null : compliantRules) },
    {
      name: 'nonCompliantRules',
      getValue: ({ nonCompliantRules, countsText }) => (countsText ? null : nonCompliantRules),
    },
    { name: 'totalRules', getValue: ({ totalRules, countsText }) => (countsText ? null : totalRules) },
  ],
  displayColumns: [
    { name: 'Conformance pack', getValue: ({ pack }) => pack },
    { name: 'Account', getValue: ({ account }) => account },
    { name: 'Region', getValue: ({ region }) => region },
    { name: 'State', getValue: ({ compliance }) => (compliance ? formatCompliance(compliance) : 'unknown') },
    { name: 'Rules passing', getValue: (row) => formatRulesPassing(row).replace(' rules passing', '') },
  ],
  counters: [
    { name: 'nonCompliant', label: 'Non-compliant', matches: ({ compliance }) => compliance === 'NON_COMPLIANT' },
    {
      name: 'insufficientData',
      label: 'Insufficient data',
      matches: ({ compliance }) => compliance === 'INSUFFICIENT_DATA',
    },
    { name: 'compliant', label: 'Compliant', matches: ({ compliance }) => compliance === 'COMPLIANT' },
  ],
  getLocation: (row) => row,
};

/** A rule that fails in an account and region, with the number of accounts where it fails. */
type FailingRuleRow = RuleLocationRank & Pick<RuleRank, 'rule' | 'accounts'>;

/** The rules that fail in an aggregator's accounts and regions, over all packs. */
export const failingRuleTable: Table<FailingRuleRow> = {
  dataColumns: [
    { name: 'rule', getValue: ({ rule }) => rule },
    { name: 'failingAccounts', getValue: ({ accounts }) => accounts },
    { name: 'account', getValue: ({ account }) => account },
    { name: 'region', getValue: ({ region }) => region },
    { name: 'deployedRules', getValue: ({ deployedRules }) => deployedRules },
    { name: 'failing', getValue: ({ resources }) => resources.count },
    { name: 'hasMoreFailing', getValue: ({ resources }) => resources.isCapped },
  ],
  displayColumns: [
    { name: 'Rule', getValue: ({ rule }) => rule },
    { name: 'Fails in accounts', getValue: ({ accounts }) => accounts },
    { name: 'Account', getValue: ({ account }) => account },
    { name: 'Region', getValue: ({ region }) => region },
    { name: 'Deployed rules', getValue: ({ deployedRules }) => deployedRules },
    {
      name: 'Failing resources',
      getValue: ({ resources }) => formatFailing({ failing: resources.count, hasMoreFailing: resources.isCapped }),
    },
  ],
  counters: [],
  getLocation: ({ account, region }) => ({ pack: '', account, region }),
};
