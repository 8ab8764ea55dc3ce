import { complianceWord } from '../compliance/filter.ts';
import { type AggregateRow, hasFailed, type Pack, type Scope, scoreCompliance } from '../compliance/model.ts';
import { age, formatScore, isoTime } from '../compliance/text/format.ts';
import type { Table } from './report.ts';

const time = (at: number | undefined) => (at === undefined ? null : isoTime(at));

/** A scope's own packs, read at `readAt`, epoch milliseconds. */
export const packTable = ({ account, region }: Scope, readAt: number): Table<Pack> => ({
  fields: [
    { name: 'pack', value: ({ name }) => name },
    { name: 'account', value: () => account },
    { name: 'region', value: () => region },
    { name: 'score', value: ({ score }) => score?.percent ?? null },
    { name: 'scoreText', value: ({ score }) => score?.text ?? null },
    { name: 'scoreComputedAt', value: ({ score }) => time(score?.updatedAt) },
    { name: 'deploymentState', value: ({ deployment }) => deployment?.state ?? null },
    { name: 'deploymentReason', value: ({ deployment }) => deployment?.reason || null },
    { name: 'deploymentRequestedAt', value: ({ deployment }) => time(deployment?.requestedAt) },
    { name: 'deploymentCompletedAt', value: ({ deployment }) => time(deployment?.completedAt) },
    { name: 'arn', value: ({ deployment }) => deployment?.arn ?? null },
  ],
  columns: [
    { name: 'Conformance pack', value: ({ name }) => name },
    { name: 'Published score', value: ({ score }) => formatScore(score) },
    {
      name: 'Score computed',
      value: ({ score }) =>
        score?.updatedAt === undefined ? '' : `${isoTime(score.updatedAt)} (${age(score.updatedAt, readAt)})`,
    },
    { name: 'Deployment', value: ({ deployment }) => deployment?.state ?? 'unknown' },
    { name: 'Reason', value: ({ deployment }) => deployment?.reason ?? '' },
  ],
  counts: [
    { name: 'withoutScore', words: 'Without a score', is: ({ score }) => score?.percent === undefined },
    { name: 'nonCompliant', words: 'Score below 100%', is: ({ score }) => scoreCompliance(score) === 'NON_COMPLIANT' },
    { name: 'compliant', words: 'Score of 100%', is: ({ score }) => scoreCompliance(score) === 'COMPLIANT' },
    {
      name: 'failedDeployments',
      words: 'Failed deployments',
      is: ({ deployment }) => hasFailed(deployment?.state),
    },
  ],
  order: 'without a score first, then the lowest published score',
});

/** An aggregator's rows: rules passing, never a score. */
export const rowTable: Table<AggregateRow> = {
  fields: [
    { name: 'pack', value: ({ pack }) => pack },
    { name: 'account', value: ({ account }) => account },
    { name: 'region', value: ({ region }) => region },
    { name: 'compliance', value: ({ compliance }) => compliance ?? null },
    { name: 'compliantRules', value: ({ compliantRules }) => compliantRules },
    { name: 'nonCompliantRules', value: ({ nonCompliantRules }) => nonCompliantRules },
    { name: 'totalRules', value: ({ totalRules }) => totalRules },
  ],
  columns: [
    { name: 'Conformance pack', value: ({ pack }) => pack },
    { name: 'Account', value: ({ account }) => account },
    { name: 'Region', value: ({ region }) => region },
    { name: 'State', value: ({ compliance }) => (compliance ? complianceWord(compliance) : 'unknown') },
    { name: 'Rules passing', value: ({ compliantRules, totalRules }) => `${compliantRules} of ${totalRules}` },
  ],
  counts: [
    { name: 'nonCompliant', words: 'Non-compliant', is: ({ compliance }) => compliance === 'NON_COMPLIANT' },
    {
      name: 'insufficientData',
      words: 'Insufficient data',
      is: ({ compliance }) => compliance === 'INSUFFICIENT_DATA',
    },
    { name: 'compliant', words: 'Compliant', is: ({ compliance }) => compliance === 'COMPLIANT' },
  ],
  order:
    'non-compliant, then insufficient data, then compliant; read one after another, so that a row whose state ' +
    'changed meanwhile may stand twice or not at all',
};
