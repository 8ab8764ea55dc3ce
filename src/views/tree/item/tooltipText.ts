import { complianceWord } from '../../../compliance/filter.ts';
import { formatGain } from '../../../compliance/impact.ts';
import type { AggregatorSources, Deployment, Scope, Score } from '../../../compliance/model.ts';
import { connectionLabel } from '../../../compliance/source.ts';
import { errorAdvice, errorTitle } from '../../../compliance/text/errorMessages.ts';
import { age, formatScope, formatScore, plural } from '../../../compliance/text/format.ts';
import type { ErrorNode, EvaluationNode, PackNode, RowNode, RuleNode, SourcesNode, TreeNode } from '../model/nodes.ts';
import { labelOf } from './labels.ts';

/** A node's tooltip: a title and plain lines below it, with every time as an age at `now`. */
export function tooltipOf(node: TreeNode, now: number): readonly string[] {
  switch (node.kind) {
    case 'scope':
      return [labelOf(node).label, `Partition ${node.scope.partition} · ${connectionLabel(node.connection)}`];
    case 'pack':
      return packTooltip(node, now);
    case 'rule':
      return ruleTooltip(node, now);
    case 'evaluation':
      return evaluationTooltip(node, now);
    case 'aggregator':
      return [
        node.aggregator.name,
        node.aggregator.sources === undefined
          ? 'Named in the setting packscope.aggregators'
          : `From ${formatSources(node.aggregator.sources)}`,
        `Read by ${whose(node)}`,
        ...(node.sourcesError ? [`Whether its sources are in order is unknown. ${errorTitle(node.sourcesError)}`] : []),
      ];
    case 'sources':
      return sourcesTooltip(node, now);
    case 'group':
      return [
        labelOf(node).label,
        labelOf(node).description,
        `Aggregator ${node.aggregator.name}, read by ${whose(node)}`,
      ];
    case 'row':
      return rowTooltip(node, now);
    case 'error':
      return errorTooltip(node);
    default:
      return [labelOf(node).label, labelOf(node).description];
  }
}

const formatSources = ({ accounts, regions }: AggregatorSources): string =>
  `${accounts === 'organization' ? 'the organization' : plural(accounts, 'account')} in ${
    regions === 'all' ? 'all regions' : regions.join(', ')
  }`;

function packTooltip(node: PackNode, now: number): string[] {
  const { pack, scope, readAt } = node;
  return [
    pack.name,
    scoreLine(pack.score, now),
    ...deploymentLines(pack.deployment, now),
    `Account ${scope.account} · region ${scope.region} · ${connectionLabel(node.connection)}`,
    ...readLine(readAt, now),
  ];
}

function scoreLine(score: Score | undefined, now: number): string {
  if (score === undefined) return 'No score is known for this pack';
  const computed =
    score.updatedAt === undefined ? 'time of computation unknown' : `computed ${age(score.updatedAt, now)}`;
  if (score.percent === undefined && score.text === undefined) return `Nothing evaluated yet · ${computed}`;
  return `Score ${score.percent === undefined ? formatScore(score) : `${score.percent}%`} · ${computed}`;
}

function deploymentLines(deployment: Deployment | undefined, now: number): string[] {
  if (!deployment) return ['Deployment state unknown'];
  const { state, reason, requestedAt, completedAt } = deployment;
  const times = [
    requestedAt !== undefined && `requested ${age(requestedAt, now)}`,
    completedAt !== undefined && `completed ${age(completedAt, now)}`,
  ].filter((part) => typeof part === 'string');
  return [`Deployment ${[state, ...times].join(' · ')}`, ...(reason ? [reason] : [])];
}

function ruleTooltip({ rule, pack, failing, scope, readAt }: RuleNode, now: number): string[] {
  const { score } = pack;
  const worth = rule.failing.length > 0 && failing !== undefined && score?.percent !== undefined;
  return [
    rule.name,
    rule.compliance === undefined ? 'State unknown' : `Rule ${complianceWord(rule.compliance)}`,
    ...(rule.controls.length > 0 ? [`Controls ${rule.controls.join(', ')}`] : []),
    ...(worth
      ? [
          `Fixing it is estimated to bring ${formatGain(score.percent, rule.failing.length, failing)}: it holds ${rule.failing.length} of the pack’s ${failing} failing results`,
          `Estimated from the ${scoreLine(score, now).replace('Score', 'score')}`,
        ]
      : []),
    `Account ${scope.account} · region ${scope.region}`,
    ...readLine(readAt, now),
  ];
}

function evaluationTooltip({ evaluation, scope, readAt }: EvaluationNode, now: number): string[] {
  const { resourceId, resourceType, annotation, evaluatedAt, rule } = evaluation;
  return [
    resourceId,
    resourceType,
    ...(annotation ? [annotation] : []),
    `Fails ${rule}${evaluatedAt === undefined ? '' : ` · evaluated ${age(evaluatedAt, now)}`}`,
    `Account ${scope.account} · region ${scope.region}`,
    ...readLine(readAt, now),
  ];
}

function rowTooltip(node: RowNode, now: number): string[] {
  const { row, score, readAt } = node;
  return [
    row.pack,
    row.compliance === undefined ? 'State unknown' : labelOfCompliance(row.compliance),
    `${row.compliantRules} of ${row.totalRules} rules passing, ${row.nonCompliantRules} non-compliant`,
    ...(score ? [scoreLine(score, now)] : []),
    `Account ${row.account} · region ${row.region}`,
    `Aggregator ${node.aggregator.name}, read by ${whose(node)}`,
    ...readLine(readAt, now),
  ];
}

/** More lines than this help nobody in a tooltip. */
const maxSources = 20;

function sourcesTooltip(node: SourcesNode, now: number): string[] {
  const lines = node.sources.slice(0, maxSources).map(({ id, region, state, updatedAt, errorCode, reason }) => {
    const updated = updatedAt !== undefined && `updated ${age(updatedAt, now)}`;
    const why = [errorCode, reason].filter(Boolean).join(': ');
    return [id, region, state, updated, why].filter(Boolean).join(' · ');
  });
  const hidden = node.sources.length - lines.length;
  return [labelOf(node).label, ...lines, ...(hidden > 0 ? [`and ${hidden} more`] : []), ...readLine(node.readAt, now)];
}

function errorTooltip({ error }: ErrorNode): string[] {
  const { operation, requestId } = error.details;
  return [
    error.message,
    errorAdvice(error),
    ...(operation ? [`Operation ${operation}`] : []),
    ...(requestId ? [`Request ${requestId}`] : []),
  ];
}

const labelOfCompliance = (compliance: Parameters<typeof complianceWord>[0]): string =>
  `Pack ${complianceWord(compliance)}`;

const readLine = (readAt: number | undefined, now: number): string[] =>
  readAt === undefined ? [] : [`Read ${age(readAt, now)}`];

const whose = ({ scope }: { readonly scope: Scope }): string => formatScope(scope);
