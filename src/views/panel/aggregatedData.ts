import { isDenial } from '../../compliance/errors.ts';
import type { AggregatedPackRules, RuleWithResources } from '../../compliance/queries/aggregatedPackRules.ts';
import { formatConnection } from '../../compliance/source.ts';
import { getPackUrl } from '../../compliance/text/consoleUrls.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { describeMembership } from '../../compliance/text/membershipText.ts';
import type { PackHeader, PackResults, RuleResources } from '../../webview/pack/protocol.ts';
import { distinctProblems, omitUndefined, toAggregatedCounts, toResource, toUnconfiguredProblem } from './panelData.ts';
import type { AggregatedTarget } from './panelState.ts';

/** The settings that a header shows. */
export interface HeaderSettings {
  /** The minimum score of a healthy pack, 0–100. */
  readonly target: number;
  readonly accountName: string | undefined;
}

/** The header of an aggregated pack. Until its row has been read again, it shows the one that the panel was opened with. */
export function toAggregatedHeader(
  target: AggregatedTarget,
  data: AggregatedPackRules,
  settings: HeaderSettings,
): PackHeader {
  const { connection, location, initial } = target;
  const { rows, store } = data;
  const current = data.findRow();
  const isRead = rows.isComplete && !rows.isRestored;
  const shown = current || isRead ? current && { row: current, readAt: rows.readAt } : initial;
  const [scope] = store.identity.rows;
  const { account, region, pack, aggregator } = location;
  return {
    ...toBase(target, settings),
    ...omitUndefined({ readAt: shown ? shown.readAt : rows.readAt }),
    isLoading: rows.state === 'loading',
    problems: distinctProblems([...store.identity.errors, ...rows.errors]),
    aggregated: {
      ...toAggregatedBase(target, settings),
      ...(shown && { counts: toAggregatedCounts({ connection, aggregator, ...shown }) }),
      ...omitUndefined({ consoleUrl: scope && getPackUrl({ account, region, partition: scope.partition }, pack) }),
    },
  };
}

/** The header if the settings no longer contain the connection. */
export const toUnconfiguredAggregatedHeader = (target: AggregatedTarget, settings: HeaderSettings): PackHeader => ({
  ...toBase(target, settings),
  isLoading: false,
  problems: [toUnconfiguredProblem(target)],
  aggregated: toAggregatedBase(target, settings),
});

const toBase = ({ connection, location }: AggregatedTarget, { target }: HeaderSettings) => ({
  pack: location.pack,
  account: location.account,
  region: location.region,
  connection: formatConnection(connection),
  target,
});

const toAggregatedBase = ({ location }: AggregatedTarget, { accountName }: HeaderSettings) => ({
  aggregator: location.aggregator,
  ...omitUndefined({ accountName }),
});

/** The rules of an aggregated pack, as far as it is known which they are. */
export function toAggregatedResults({ location }: AggregatedTarget, data: AggregatedPackRules): PackResults {
  const membership = data.findMembership();
  const rules = membership?.rules.map((rule) => data.describeRule(rule)) ?? [];
  const note = membership && describeMembership(membership, location, data);
  return {
    rules: rules.map(({ name, compliance, failing, hasMoreFailing }) => ({
      name,
      ...omitUndefined({ compliance }),
      controls: [],
      failing,
      ...(hasMoreFailing && { hasMoreFailing }),
      passing: 0,
    })),
    failing: { count: rules.reduce((sum, { failing }) => sum + failing, 0), isComplete: data.isSettled },
    isLoading: data.isLoading,
    ...omitUndefined({ readAt: data.rules.readAt, note }),
    problems: distinctProblems([
      ...data.rules.errors,
      // A denial costs only the certainty about which rules belong to the pack, which the note tells.
      ...data.items.errors.filter((error) => membership?.evidence === 'none' || !isDenial(error)),
      ...data.resourceErrors,
    ]),
  };
}

/** The first `count` failing resources of a rule. */
export function toRuleResources(resources: RuleWithResources['resources'], count: number): RuleResources {
  if (!resources) return { resources: [], isLoading: true };
  const shown = resources.rows.slice(0, count).map(toResource);
  const [error] = resources.errors;
  return {
    resources: shown,
    ...(resources.isComplete && { total: resources.rows.length }),
    ...(resources.state === 'loading' && shown.length < count && { isLoading: true }),
    ...(error && { error: describeError(error).text }),
  };
}
