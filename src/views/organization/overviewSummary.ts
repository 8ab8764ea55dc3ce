import type { ComplianceError } from '../../compliance/errors.ts';
import type { Scope, UnhealthySource } from '../../compliance/model.ts';
import type { QueryCounts } from '../../compliance/organization/countByQuery.ts';
import { groupPacks } from '../../compliance/organization/packGroups.ts';
import { countStates } from '../../compliance/organization/rankings.ts';
import type { List } from '../../compliance/paging/list.ts';
import { formatConnection } from '../../compliance/source.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatQueryLimits, formatQueryTotals, unrecordedText } from '../../compliance/text/queryCounts.ts';
import type { SlicedWork } from '../../timeSlicing.ts';
import type {
  OverviewSummary,
  OverviewTab,
  OverviewTotals,
  ShownProgress,
  SourceFailure,
} from '../../webview/overview/protocol.ts';
import type { Problem } from '../../webview/shared/protocol.ts';
import { toProblem, toUnconfiguredProblem, toUnreadableProblems } from '../panel/panelData.ts';
import type { AggregatorRef } from './chooseAggregator.ts';
import type { OverviewReader, ReadState } from './overviewReader.ts';
import { toCounts } from './overviewRows.ts';

const noTotals: OverviewTotals = {
  accounts: 0,
  regions: 0,
  packs: 0,
  rows: 0,
  counts: { evaluated: 0, nonCompliant: 0, withoutResult: 0 },
};

/** The summary of an aggregator and of what has been read. */
export function* toSummary(aggregator: AggregatorRef, reader: OverviewReader): SlicedWork<OverviewSummary> {
  // The state before the rows are counted: what is read meanwhile is not counted, even if it completes them.
  const { rows, rowState, sources, readAt, ruleState } = reader;
  const { accountIds, regionNames, packNames } = rows.columns;
  const counts = yield* countStates(yield* rows.select());
  return {
    ...toSummaryBase(aggregator),
    totals: {
      accounts: new Set([...accountIds.all, ...reader.knownAccounts]).size,
      regions: new Set([...regionNames.all, ...reader.knownRegions]).size,
      packs: groupPacks(packNames.all).groups.length,
      rows: counts.packs,
      counts: toCounts(counts),
    },
    progress: {
      ...toProgress(rowState),
      ...(reader.queryCounts && { countedTabs: getCountedTabs(reader.queryCounts) }),
    },
    ...(ruleState && { rules: toProgress(ruleState) }),
    ...(readAt !== undefined && { readAt }),
    sourceFailures: sources.rows.map(toSourceFailure),
    notes: [
      ...formatErrors('Source status unavailable', sources.errors),
      ...formatErrors('The number of rows is unknown', reader.countsError ? [reader.countsError] : []),
      ...formatErrors('No ranking before all rows are read', reader.queryError ? [reader.queryError] : []),
      ...formatQueryNotes(reader),
    ],
    regions: regionNames.all.toSorted(),
  };
}

/** Packs with very many deployed names are not counted by AWS Config. */
const getCountedTabs = ({ packs }: QueryCounts): readonly OverviewTab[] =>
  packs ? ['accounts', 'packs'] : ['accounts'];

const toProgress = ({ error, ...state }: ReadState): ShownProgress => ({
  ...state,
  problems: error ? [toProblem(error)] : [],
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

/** What AWS Config counts, and what it leaves out. */
const formatQueryNotes = ({ queryCounts, isUnrecorded }: OverviewReader): readonly string[] => [
  ...(queryCounts ? [formatQueryTotals(queryCounts), ...formatQueryLimits(queryCounts)] : []),
  ...(isUnrecorded ? [`No ranking before all rows are read: ${unrecordedText}`] : []),
];
