import { formatGain } from '../../../compliance/estimatedGain.ts';
import type { AggregateRow, Deployment, Score } from '../../../compliance/model.ts';
import { formatConnection } from '../../../compliance/source.ts';
import { formatAge } from '../../../compliance/text/age.ts';
import { describeError } from '../../../compliance/text/errorMessages.ts';
import { exceptionNote, formatException } from '../../../compliance/text/exceptionText.ts';
import { formatCount, formatScope, formatScopeWithLabels, formatSources } from '../../../compliance/text/format.ts';
import { formatComputed, formatScore, isComputed } from '../../../compliance/text/score.ts';
import { explainRowChange, explainScoreChange } from '../../../compliance/text/scoreChange.ts';
import {
  formatCompliance,
  formatDeploymentState,
  formatInState,
  formatRulesPassing,
} from '../../../compliance/text/states.ts';
import type {
  ErrorNode,
  EvaluationNode,
  GroupNode,
  PackNode,
  RowNode,
  RuleNode,
  TreeNode,
  UnhealthySourcesNode,
} from '../model/nodes.ts';
import { describeBadge, getBadge } from './badge.ts';
import { getLabel } from './labels.ts';

/** A node's tooltip as plain text: a title and the lines below it. Times are shown as ages at `now` (epoch milliseconds). */
export function getTooltipLines(node: TreeNode, now: number): readonly string[] {
  switch (node.kind) {
    case 'scope':
      return [getLabel(node).label, `Partition ${node.scope.partition} · ${formatConnection(node.connection)}`];
    case 'pack':
      return getPackTooltip(node, now);
    case 'rule':
      return getRuleTooltip(node, now);
    case 'evaluation':
      return getEvaluationTooltip(node, now);
    case 'aggregator':
      return [
        node.aggregator.name,
        formatSources(node.aggregator),
        `Read through ${formatScope(node.scope)}`,
        ...(node.sourcesError ? [`Source status unavailable. ${describeError(node.sourcesError).title}`] : []),
      ];
    case 'sources':
      return getSourcesTooltip(node, now);
    case 'group':
      return [
        getLabel(node).exactName ?? getLabel(node).label,
        getLabel(node).description || 'Not counted until its rows are read',
        ...describeCounts(node),
        `Aggregator ${node.aggregator.name}, read through ${formatScope(node.scope)}`,
      ];
    case 'row':
      return getRowTooltip(node, now);
    case 'error':
      return getErrorTooltip(node);
    default:
      return [getLabel(node).label, getLabel(node).description];
  }
}

/** What a group's counts mean. */
function describeCounts(node: GroupNode): string[] {
  const { group } = node;
  const isUnfiltered = group.by === 'status' ? group.count?.isUnfiltered : group.by !== 'pack' && group.isUnfiltered;
  const readRows = group.by === 'status' ? undefined : group.readRows;
  return [
    ...(group.by === 'pack' && group.count.pack.isOrganization ? ['Pack of the organization'] : []),
    ...formatShare(node),
    ...(isUnfiltered
      ? ['Includes packs that do not match the filter: AWS Config counts by account and region only']
      : []),
    ...(readRows === undefined
      ? []
      : [`Counted from the first ${formatCount(readRows, 'row')}: load all to count every row`]),
  ];
}

/** The number of the badge, which a badge of 100 lacks. */
function formatShare(node: GroupNode | RowNode): string[] {
  const badge = getBadge(node);
  return badge?.percent === undefined ? [] : [describeBadge(badge.percent, badge.measure)];
}

function getPackTooltip(node: PackNode, now: number): string[] {
  const { pack, scope, readAt, scoreChange } = node;
  return [
    pack.name,
    pack.isScoreUnread ? 'Score not loaded' : formatScoreLine(pack.score, now),
    ...(scoreChange ? [explainScoreChange(scoreChange, now)] : []),
    ...formatDeployment(pack.deployment, now),
    `${formatScopeWithLabels(scope)} · ${formatConnection(node.connection)}`,
    ...formatReadAt(readAt, now),
  ];
}

function formatScoreLine(score: Score | undefined, now: number): string {
  if (score === undefined) return 'No score available';
  if (!isComputed(score)) return 'Nothing evaluated yet';
  return `Score ${formatScore(score)} · ${formatComputed(score.updatedAt, now)}`;
}

function formatDeployment(deployment: Deployment | undefined, now: number): string[] {
  if (!deployment) return ['Deployment state unknown'];
  const { state, reason, requestedAt, completedAt } = deployment;
  const times = [
    requestedAt !== undefined && `requested ${formatAge(requestedAt, now)}`,
    completedAt !== undefined && `completed ${formatAge(completedAt, now)}`,
  ].filter((part) => typeof part === 'string');
  return [`Deployment ${[formatDeploymentState(state), ...times].join(' · ')}`, ...(reason ? [reason] : [])];
}

function getRuleTooltip({ rule, pack, totalFailures, scope, readAt }: RuleNode, now: number): string[] {
  const { score } = pack;
  const hasGain = rule.failing.length > 0 && totalFailures !== undefined && score?.percent !== undefined;
  return [
    rule.name,
    rule.compliance === undefined ? 'State unknown' : `Rule ${formatCompliance(rule.compliance)}`,
    ...(rule.controls.length > 0 ? [`Controls ${rule.controls.join(', ')}`] : []),
    ...(hasGain
      ? [
          `Estimated gain ${formatGain(score.percent, rule.failing.length, totalFailures)}: it accounts for ${rule.failing.length} of the pack’s ${formatCount(totalFailures, 'failure')}`,
          `Estimate based on the ${formatScoreLine(score, now).replace('Score', 'score')}`,
        ]
      : []),
    formatScopeWithLabels(scope),
    ...formatReadAt(readAt, now),
  ];
}

function getEvaluationTooltip(node: EvaluationNode, now: number): string[] {
  const { evaluation, exception, exceptionsError, scope, readAt } = node;
  const { resourceId, resourceType, annotation, evaluatedAt, rule } = evaluation;
  return [
    resourceId,
    resourceType,
    ...(annotation ? [annotation] : []),
    ...(exception ? [formatException(exception), exceptionNote] : []),
    ...(exceptionsError ? [`Exceptions not loaded. ${describeError(exceptionsError).title}`] : []),
    `Fails ${rule}${evaluatedAt === undefined ? '' : ` · evaluated ${formatAge(evaluatedAt, now)}`}`,
    formatScopeWithLabels(scope),
    ...formatReadAt(readAt, now),
  ];
}

function getRowTooltip(node: RowNode, now: number): string[] {
  const { row, score, rowChange, readAt } = node;
  return [
    row.pack,
    row.compliance === undefined ? 'State unknown' : `Pack ${formatCompliance(row.compliance)}`,
    [formatRulesPassing(row), ...formatOtherRules(row)].join(', '),
    ...(rowChange ? [explainRowChange(rowChange, now)] : []),
    ...formatShare(node),
    ...(score ? [formatScoreLine(score, now)] : []),
    formatScopeWithLabels(row),
    `Aggregator ${node.aggregator.name}, read through ${formatScope(node.scope)}`,
    ...formatReadAt(readAt, now),
  ];
}

/** The rules that do not pass, so that the counts add up. */
function formatOtherRules({ compliantRules, nonCompliantRules, totalRules, countsText }: AggregateRow): string[] {
  if (countsText !== undefined) return [];
  const others = totalRules - compliantRules - nonCompliantRules;
  return [
    formatInState(nonCompliantRules, 'NON_COMPLIANT'),
    ...(others > 0 ? [`${others} with ${formatCompliance('INSUFFICIENT_DATA')}`] : []),
  ];
}

/** More lines than this do not fit into a tooltip. */
const maxSources = 20;

function getSourcesTooltip(node: UnhealthySourcesNode, now: number): string[] {
  const lines = node.sources.slice(0, maxSources).map(({ id, region, state, updatedAt, errorCode, reason }) => {
    const updated = updatedAt !== undefined && `updated ${formatAge(updatedAt, now)}`;
    const why = [errorCode, reason].filter(Boolean).join(': ');
    return [id, region, state, updated, why].filter(Boolean).join(' · ');
  });
  const hidden = node.sources.length - lines.length;
  return [
    getLabel(node).label,
    ...lines,
    ...(hidden > 0 ? [`and ${hidden} more`] : []),
    ...formatReadAt(node.readAt, now),
  ];
}

function getErrorTooltip({ error }: ErrorNode): string[] {
  const { operation, otherOperations = [], requestId } = error.details;
  const { familyTitle, subject, causes } = describeError(error);
  return [
    error.message,
    familyTitle,
    ...(subject === undefined ? [] : [`Not loaded: ${subject}`]),
    ...causes,
    ...(operation ? [`Operation ${[operation, ...otherOperations].join(', ')}`] : []),
    ...(requestId ? [`Request ${requestId}`] : []),
  ];
}

const formatReadAt = (readAt: number | undefined, now: number): string[] =>
  readAt === undefined ? [] : [`Loaded ${formatAge(readAt, now)}`];
