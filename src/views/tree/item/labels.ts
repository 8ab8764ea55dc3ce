import { formatGain } from '../../../compliance/estimatedGain.ts';
import { hasScores, summarize } from '../../../compliance/queries/connectionSummary.ts';
import { splitRuleName } from '../../../compliance/ruleName.ts';
import type { Connection } from '../../../compliance/source.ts';
import { formatAge } from '../../../compliance/text/age.ts';
import { describeError } from '../../../compliance/text/errorMessages.ts';
import { formatException } from '../../../compliance/text/exceptionText.ts';
import { formatCount, formatScope, getConnectionLabel } from '../../../compliance/text/format.ts';
import { formatPackScore } from '../../../compliance/text/score.ts';
import { formatScoreChange, speakScoreChange } from '../../../compliance/text/scoreChange.ts';
import {
  formatCompliance,
  formatDeploymentState,
  formatSourceState,
  isComplianceType,
} from '../../../compliance/text/states.ts';
import { formatPacksBelowTarget } from '../../../compliance/text/summaryText.ts';
import { formatTimeOfDay } from '../../../compliance/text/time.ts';
import type {
  AggregatorNode,
  ErrorNode,
  EvaluationNode,
  MoreNode,
  NoteNode,
  PackNode,
  RuleNode,
  ScopeNode,
  TreeNode,
  UnhealthySourcesNode,
} from '../model/nodes.ts';
import { getGroupLabel, getRowLabel } from './aggregatorLabels.ts';
import type { Label } from './label.ts';
import { shortenLabel } from './shortenLabel.ts';

export function getLabel(node: TreeNode): Label {
  switch (node.kind) {
    case 'scope':
      return getScopeLabel(node);
    case 'pack':
      return { ...shortenLabel(node.pack.name, node.siblings), ...describePack(node) };
    case 'rule':
      return { label: splitRuleName(node.rule.name).templateName, description: getRuleDescription(node) };
    case 'evaluation':
      return getEvaluationLabel(node);
    case 'aggregator':
      return getAggregatorLabel(node);
    case 'sources':
      return getSourcesLabel(node);
    case 'group':
      return getGroupLabel(node);
    case 'row':
      return getRowLabel(node);
    case 'more':
      return { label: node.hiddenCount > 0 ? 'Show more…' : 'Load more…', description: getMoreDescription(node) };
    case 'error':
      return getErrorLabel(node);
    case 'loading':
      return { label: 'Loading…', description: node.connection ? describeConnection(node.connection) : '' };
    case 'note':
      return { label: node.text, description: getNoteDescription(node) };
  }
}

function getScopeLabel({ scope, connection, store, scoreTarget, restoredReadAt }: ScopeNode): Label {
  const summary = summarize(store, scoreTarget);
  return {
    label: formatScope(scope),
    description: [
      hasScores(summary) && formatPacksBelowTarget([summary], true),
      getConnectionLabel(connection),
      restoredReadAt && `as of ${formatAge(restoredReadAt, Date.now())}`,
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

function getErrorLabel({ error, connection, isTopLevel }: ErrorNode): Label {
  const { title, subject, advice } = describeError(error);
  const origin = isTopLevel && describeConnection(connection);
  return { label: title, description: [origin, subject, advice].filter(Boolean).join(' · ') };
}

/** The profile and the region that the settings name. */
const describeConnection = (connection: Connection): string =>
  [getConnectionLabel(connection), connection.region].filter(Boolean).join(' · ');

/** Names profile and region only if the settings specify them: otherwise there is just one connection. */
const getAggregatorLabel = ({ aggregator, connection, scope }: AggregatorNode): Label => ({
  label: aggregator.name,
  description: [getConnectionLabel(connection), connection.region && scope.region].filter(Boolean).join(' · '),
});

function describePack({ pack, scoreChange }: PackNode): Omit<Label, 'label'> {
  const score = formatPackScore(pack);
  const state = pack.deployment?.state;
  const deployment = state && state !== 'CREATE_COMPLETE' ? ` · ${formatDeploymentState(state)}` : '';
  if (!scoreChange) return { description: `${score}${deployment}` };
  const now = Date.now();
  return {
    description: `${score} ${formatScoreChange(scoreChange, now)}${deployment}`,
    spoken: `${score}, ${speakScoreChange(scoreChange, now)}${deployment}`,
  };
}

function getRuleDescription({ rule, totalFailures, pack }: RuleNode): string {
  if (rule.failing.length === 0) return rule.compliance ? formatCompliance(rule.compliance) : 'state unknown';
  if (totalFailures === undefined) return `${rule.failing.length} failing so far`;
  const percent = pack.score?.percent;
  const gain =
    percent === undefined ? '' : ` · estimated gain ${formatGain(percent, rule.failing.length, totalFailures)}`;
  return `${rule.failing.length} failing${gain}`;
}

function getEvaluationLabel({ evaluation, exception }: EvaluationNode): Label {
  const { resourceId, resourceType, compliance, annotation } = evaluation;
  const state = isComplianceType(compliance) ? '' : formatCompliance(compliance);
  return {
    label: resourceId || 'Resource without an ID',
    description: [exception && formatException(exception), resourceType, state, annotation].filter(Boolean).join(' · '),
  };
}

function getSourcesLabel({ sources, isComplete }: UnhealthySourcesNode): Label {
  const states = [...new Set(['FAILED', 'OUTDATED', ...sources.map(({ state }) => state)])];
  const counts = states
    .map((state) => ({ state: formatSourceState(state), count: sources.filter((each) => each.state === state).length }))
    .filter(({ count }) => count > 0);
  const texts = counts.map(
    ({ state, count }, index) => `${index === 0 ? formatCount(count, 'source') : count} ${state}`,
  );
  const source = sources.find(({ state }) => state === 'FAILED') ?? sources[0];
  return {
    label: [...texts, ...(isComplete ? [] : ['possibly more'])].join(', '),
    description: source?.reason ?? source?.errorCode ?? '',
  };
}

function getMoreDescription({ loadedCount, matchingCount, hiddenCount, isLoading }: MoreNode): string {
  const shownCount = (matchingCount ?? loadedCount) - hiddenCount;
  const count =
    hiddenCount > 0
      ? `${shownCount} of ${matchingCount ?? loadedCount} shown · filter to see others`
      : matchingCount === undefined
        ? `${loadedCount} loaded`
        : `${loadedCount} loaded · ${matchingCount} match`;
  return isLoading ? `${count} · loading` : count;
}

const getNoteDescription = ({ detail, readAt }: NoteNode): string =>
  readAt === undefined ? detail : `${detail} · read at ${formatTimeOfDay(readAt)}`;
