import type { ComplianceError } from '../../compliance/errors.ts';
import type { Scope, UnhealthySource } from '../../compliance/model.ts';
import type { List } from '../../compliance/paging/list.ts';
import { formatConnection } from '../../compliance/source.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import type { OverviewSummary, OverviewTotals, ReadProgress, SourceFailure } from '../../webview/overview/protocol.ts';
import type { Problem } from '../../webview/protocol.ts';
import { toProblem, toUnconfiguredProblem, toUnreadableProblems } from '../panel/panelData.ts';
import type { AggregatorRef } from './chooseAggregator.ts';
import type { OverviewContents } from './overviewContents.ts';
import type { OverviewReader } from './overviewReader.ts';
import { countNonCompliant, rankPacks } from './rankings.ts';

const noTotals: OverviewTotals = { accounts: 0, regions: 0, packs: 0, rows: 0, nonCompliantRows: 0 };

/** The summary of an aggregator and of what has been read. */
export function toSummary(
  aggregator: AggregatorRef,
  contents: OverviewContents,
  { rows, counts, sources }: OverviewReader,
): OverviewSummary {
  return {
    ...toSummaryBase(aggregator),
    totals: {
      accounts: contents.accounts.length,
      regions: contents.regions.length,
      packs: rankPacks(contents.rows).length,
      rows: contents.rows.length,
      nonCompliantRows: countNonCompliant(contents.rows),
    },
    progress: {
      rows: rows.rows.length,
      ...(counts.isComplete && {
        expected: counts.rows.reduce((sum, each) => sum + each.compliantPacks + each.nonCompliantPacks, 0),
      }),
      ...toReadState(rows),
    },
    ...(rows.readAt !== undefined && { readAt: rows.readAt }),
    sourceFailures: sources.rows.map(toSourceFailure),
    notes: [
      ...formatErrors('Source status unavailable', sources.errors),
      ...formatErrors('The number of rows is unknown', counts.errors),
    ],
    regions: contents.regions,
  };
}

export const toReadState = (list: List<unknown>): Omit<ReadProgress, 'rows'> => ({
  isComplete: list.isComplete,
  isLoading: list.state === 'loading',
  problems: list.errors.map(toProblem),
});

/** The summary while the connection's identity is unknown or belongs to another account or region: it has no data. */
export const toUnreadableSummary = (aggregator: AggregatorRef, identity: List<Scope>): OverviewSummary =>
  toEmptySummary(aggregator, identity.state === 'loading', toUnreadableProblems(aggregator, identity));

/** The summary if the settings no longer contain the connection. */
export const toUnconfiguredSummary = (aggregator: AggregatorRef): OverviewSummary =>
  toEmptySummary(aggregator, false, [toUnconfiguredProblem(aggregator)]);

const toEmptySummary = (
  aggregator: AggregatorRef,
  isLoading: boolean,
  problems: readonly Problem[],
): OverviewSummary => ({
  ...toSummaryBase(aggregator),
  totals: noTotals,
  progress: { rows: 0, isComplete: false, isLoading, problems },
  sourceFailures: [],
  notes: [],
  regions: [],
});

const toSummaryBase = ({ connection, scope, name }: AggregatorRef) => ({
  aggregator: name,
  account: scope.account,
  region: scope.region,
  connection: formatConnection(connection),
});

const toSourceFailure = ({ id, region, state, updatedAt, errorCode, reason }: UnhealthySource): SourceFailure => {
  const text = reason ?? errorCode;
  return {
    source: [id, region].filter(Boolean).join(' · '),
    state,
    ...(updatedAt !== undefined && { updatedAt }),
    ...(text !== undefined && { reason: text }),
  };
};

const formatErrors = (what: string, errors: readonly ComplianceError[]): readonly string[] =>
  errors.map((error) => `${what}: ${describeError(error).text}`);
