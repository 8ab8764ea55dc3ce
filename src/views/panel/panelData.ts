import type { ComplianceError } from '../../compliance/errors.ts';
import type { ScoreChange } from '../../compliance/history/history.ts';
import { mergeByCause } from '../../compliance/mergeErrors.ts';
import type { Deployment, Evaluation, Pack, Scope } from '../../compliance/model.ts';
import { createOwnerLookup, groupByOwner } from '../../compliance/owners/groupByOwner.ts';
import type { AggregatedPack, ConnectionScope, OwnPack } from '../../compliance/packRef.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import type { RemediationException, TaggedResource } from '../../compliance/resourceModel.ts';
import { type Connection, formatConnection } from '../../compliance/source.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';
import { getStackUrl } from '../../compliance/text/consoleUrls.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';
import { formatOwner } from '../../compliance/text/ownerText.ts';
import { formatScore } from '../../compliance/text/score.ts';
import type {
  AggregatedCounts,
  FailingResource,
  LoadProgress,
  PackHeader,
  PackOwners,
  PackResults,
} from '../../webview/pack/protocol.ts';
import type { Problem } from '../../webview/shared/protocol.ts';
import { getActionCommand } from '../shared/errorActions.ts';
import { isSampleShown } from '../shared/sampleMode.ts';

/** The header of a pack. `list` is the list that contains it, `target` the target score, 0–100. */
export function toHeader(
  ownPack: OwnPack,
  pack: Pack | undefined,
  list: List<Pack>,
  target: number,
  scoreChange?: ScoreChange,
): PackHeader {
  const score = pack?.score;
  return {
    ...toHeaderBase(ownPack, target),
    ...(score && {
      score: omitUndefined({ percent: score.percent, text: formatScore(score), updatedAt: score.updatedAt }),
    }),
    ...(scoreChange && { scoreChange }),
    ...(pack?.deployment && { deployment: toDeployment(ownPack.scope, pack.deployment) }),
    ...(list.readAt !== undefined && { readAt: list.readAt }),
    isLoading: list.state === 'loading',
    problems: distinctProblems(list.errors),
  };
}

/** The header while the connection's identity is unknown or belongs to another account or region: it has no pack data. */
export function toUnreadableHeader(ownPack: OwnPack, identity: List<Scope>, target: number): PackHeader {
  const problems = toUnreadableProblems(ownPack, identity);
  return { ...toHeaderBase(ownPack, target), isLoading: identity.state === 'loading', problems };
}

/** Why a connection does not read its former account and region; empty while its identity is loading. */
export function toUnreadableProblems({ connection, scope }: ConnectionScope, identity: List<Scope>): Problem[] {
  const [currentScope] = identity.rows;
  const problems = identity.errors.map(toProblem);
  if (currentScope) {
    problems.unshift({
      title: 'This connection now belongs to another account or region',
      advice: `Connect to account ${scope.account} in ${scope.region} again, then refresh.`,
      detail: `Now: account ${currentScope.account} in ${currentScope.region} (${formatConnection(connection)}).`,
    });
  }
  return problems;
}

/** The header if the settings no longer contain the connection. */
export function toUnconfiguredHeader(ownPack: OwnPack, target: number): PackHeader {
  return { ...toHeaderBase(ownPack, target), isLoading: false, problems: [toUnconfiguredProblem(ownPack)] };
}

/** Says that the settings no longer contain a connection, of a scope if that matters. */
export const toUnconfiguredProblem = ({
  connection,
  scope,
}: Pick<ConnectionScope, 'connection'> & Partial<ConnectionScope>): Problem => {
  if (connection.isSample || isSampleShown()) return toSampleProblem(connection);
  return {
    title: 'This connection is not configured',
    advice: `Run “Packscope: Select Connections…” and select one${scope ? ` for account ${scope.account} in ${scope.region}` : ''}.`,
    detail: `The setting packscope.connections does not contain this connection (${formatConnection(connection)}).`,
  };
};

/** Says that either the sample or the connections are shown, and how to change it. */
const toSampleProblem = (connection: Connection): Problem =>
  connection.isSample
    ? {
        title: 'Sample data is no longer shown',
        advice: 'Run “Packscope: Explore Sample Data” to show it again.',
        detail: 'Packscope reads your connections.',
      }
    : {
        title: 'Sample data is shown instead of your connections',
        advice: 'Run “Packscope: Leave Sample Data” to read this again.',
        detail: `Nothing is read from AWS until then (${formatConnection(connection)}).`,
      };

const toHeaderBase = ({ connection, scope, name }: OwnPack, target: number) => ({
  pack: name,
  account: scope.account,
  region: scope.region,
  connection: formatConnection(connection),
  target,
});

function toDeployment(scope: Scope, { state, reason, requestedAt, completedAt, stackArn }: Deployment) {
  const url = stackArn && getStackUrl(scope, stackArn);
  const name = stackArn?.split('/')[1];
  return {
    ...omitUndefined({ state, reason, requestedAt, completedAt }),
    ...(url && name && { stack: { name, url } }),
  };
}

/** The loaded rules with the counts of their results. */
export function toResults(
  rules: RuleList,
  passing: PagedList<Evaluation>,
  tagErrors: readonly ComplianceError[] = [],
): PackResults {
  const passingByRule = Map.groupBy(passing.rows, ({ rule }) => rule);
  return {
    rules: rules.rows.map(({ name, compliance, controls, failing }) => ({
      name,
      ...(compliance && { compliance }),
      controls,
      failing: failing.length,
      passing: passingByRule.get(name)?.length ?? 0,
    })),
    failing: toLoadProgress(rules.failingResults),
    passing: toLoadProgress(passing),
    isLoading: rules.state === 'loading' || passing.state === 'loading',
    ...(rules.readAt !== undefined && { readAt: rules.readAt }),
    problems: distinctProblems([...rules.errors, ...passing.errors, ...tagErrors]),
  };
}

export const toResource = ({ resourceType, resourceId, annotation, evaluatedAt }: Evaluation): FailingResource => ({
  type: resourceType,
  id: resourceId,
  ...omitUndefined({ annotation, evaluatedAt }),
});

/** Why it is unknown which resources are excepted; undefined if it is known. */
export function toExceptionsNote({ isComplete, errors: [error] }: List<RemediationException>): string | undefined {
  if (error) return `Exceptions not loaded. ${describeError(error).text}`;
  return isComplete ? undefined : 'Loading exceptions…';
}

/** The failing results by owner, as far as tags have been read. */
export function toOwners(failing: List<Evaluation>, tags: List<TaggedResource>, tagName: string): PackOwners {
  const [error] = tags.errors;
  return {
    groups: groupByOwner(failing.rows, createOwnerLookup(tags, tagName)).map((group) => ({
      id: group.id,
      label: formatOwner(group.id, tagName),
      failing: group.failing.length,
      rules: [...Map.groupBy(group.failing, ({ rule }) => rule)].map(([rule, results]) => [rule, results.length]),
    })),
    isLoading: !error && !(failing.isComplete && tags.isComplete && tags.state !== 'loading'),
    ...(error && { problem: describeError(error).text }),
  };
}

/** The rule counts of a pack that no connection can read. */
export function toAggregatedCounts({ aggregator, row, readAt }: AggregatedPack): AggregatedCounts {
  const { compliance, ...counts } = row;
  return {
    ...counts,
    aggregator,
    ...(compliance && { compliance }),
    ...(readAt !== undefined && { readAt }),
  };
}

const toLoadProgress = ({ rows, isComplete }: List<unknown>): LoadProgress => ({ count: rows.length, isComplete });

/** An error as a panel shows it. */
export function toProblem(error: ComplianceError): Problem {
  const { title, advice, subject, actions } = describeError(error);
  return {
    title,
    advice,
    detail: error.message,
    ...(subject !== undefined && { subject }),
    actions: actions.map((action) => ({ kind: action.kind, title: getActionCommand(action).title })),
  };
}

/** Failing and passing results are read with one operation, so both lists may fail for the same cause. */
export const distinctProblems = (errors: readonly ComplianceError[]): Problem[] => mergeByCause(errors).map(toProblem);

type OptionalIfUndefined<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/** Copies an object without its undefined members, which messages to the webview leave out. */
export function omitUndefined<T extends object>(value: T): OptionalIfUndefined<T> {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as OptionalIfUndefined<T>;
}
