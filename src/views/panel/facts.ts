import type { ComplianceError } from '../../compliance/errors.ts';
import type { Deployment, Evaluation, Pack, Scope } from '../../compliance/model.ts';
import type { OwnPack } from '../../compliance/packRef.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import { connectionLabel } from '../../compliance/source.ts';
import type { RuleList } from '../../compliance/store/ruleList.ts';
import { stackUrl } from '../../compliance/text/consoleUrls.ts';
import { errorAdvice, errorTitle } from '../../compliance/text/errorMessages.ts';
import { formatScore } from '../../compliance/text/format.ts';
import type { Head, Problem, Reading, Resource, Results } from '../../webview/protocol.ts';

/** What the panel's head says of a pack; `list` is where it was read. */
export function headOf(own: OwnPack, pack: Pack | undefined, list: List<Pack>, target: number): Head {
  const score = pack?.score;
  return {
    ...whose(own, target),
    ...(score && { score: defined({ percent: score.percent, words: formatScore(score), updatedAt: score.updatedAt }) }),
    ...(pack?.deployment && { deployment: deploymentOf(own.scope, pack.deployment) }),
    ...(list.readAt !== undefined && { readAt: list.readAt }),
    loading: list.state === 'loading',
    problems: list.errors.map(problemOf),
  };
}

/** The head before it is known that the connection is the pack's own, or when it is not: nothing but whose it should be. */
export function headWithout(own: OwnPack, scopes: List<Scope>, target: number): Head {
  const [now] = scopes.rows;
  const other: Problem[] = now
    ? [
        {
          title: 'This connection now belongs to somebody else',
          advice: `Connect to account ${own.scope.account} in ${own.scope.region} again, then refresh.`,
          detail: `The ${connectionLabel(own.connection)} now answer for account ${now.account} in ${now.region}.`,
        },
      ]
    : [];
  const problems = [...other, ...scopes.errors.map(problemOf)];
  return { ...whose(own, target), loading: scopes.state === 'loading', problems };
}

/** The head where the settings no longer name the connection: whose the pack is, and how it can be asked again. */
export function headUnnamed(own: OwnPack, target: number): Head {
  const { account, region } = own.scope;
  const problem = {
    title: 'This connection is not configured',
    advice: `Run “Packscope: Select Connections…” and choose one of account ${account} in ${region}.`,
    detail: `No setting names the ${connectionLabel(own.connection)}: nothing is asked through them.`,
  };
  return { ...whose(own, target), loading: false, problems: [problem] };
}

const whose = ({ connection, scope, name }: OwnPack, target: number) => ({
  pack: name,
  account: scope.account,
  region: scope.region,
  connection: connectionLabel(connection),
  target,
});

function deploymentOf(scope: Scope, { state, reason, requestedAt, completedAt, stackArn }: Deployment) {
  const url = stackArn && stackUrl(scope, stackArn);
  const name = stackArn?.split('/')[1];
  return { ...defined({ state, reason, requestedAt, completedAt }), ...(url && name && { stack: { name, url } }) };
}

/** The rules with their counts, as far as they have been read. */
export function resultsOf(rules: RuleList, passing: PagedList<Evaluation>): Results {
  const passes = Map.groupBy(passing.rows, ({ rule }) => rule);
  return {
    rules: rules.rows.map(({ name, compliance, controls, failing }) => ({
      name,
      ...(compliance && { compliance }),
      controls,
      failing: failing.length,
      passing: passes.get(name)?.length ?? 0,
    })),
    failing: readingOf(rules.failing),
    passing: readingOf(passing),
    loading: rules.state === 'loading' || passing.state === 'loading',
    ...(rules.readAt !== undefined && { readAt: rules.readAt }),
    problems: distinct([...rules.errors, ...passing.errors]).map(problemOf),
  };
}

/** A failing result as the panel shows it. */
export const resourceOf = ({ resourceType, resourceId, annotation, evaluatedAt }: Evaluation): Resource => ({
  type: resourceType,
  id: resourceId,
  ...defined({ annotation, evaluatedAt }),
});

const readingOf = ({ rows, complete }: List<unknown>): Reading => ({ count: rows.length, complete });

const problemOf = (error: ComplianceError): Problem => ({
  title: errorTitle(error),
  advice: errorAdvice(error),
  detail: error.message,
});

/** Failing and passing results come from one operation: what is denied to both is said once. */
const distinct = (errors: readonly ComplianceError[]): ComplianceError[] => [
  ...new Map(errors.map((error) => [errorTitle(error), error])).values(),
];

/** An object without its undefined members: messages say only what is known. */
type Defined<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>;
}
