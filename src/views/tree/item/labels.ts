import { complianceWord } from '../../../compliance/filter.ts';
import { formatGain, splitRuleName } from '../../../compliance/impact.ts';
import type { Evaluation } from '../../../compliance/model.ts';
import { describeError } from '../../../compliance/text/errorMessages.ts';
import { age, formatScope, formatScore } from '../../../compliance/text/format.ts';
import type {
  AggregatorNode,
  ErrorNode,
  Group,
  MoreNode,
  PackNode,
  RowNode,
  RuleNode,
  ScopeNode,
  SourcesNode,
  TreeNode,
} from '../model/nodes.ts';

/** The text of a node's row. */
export interface Label {
  readonly label: string;
  readonly description: string;
}

export function getLabel(node: TreeNode): Label {
  switch (node.kind) {
    case 'scope':
      return scopeLabel(node);
    case 'pack':
      return { label: node.pack.name, description: packDescription(node) };
    case 'rule':
      return { label: splitRuleName(node.rule.name).own, description: ruleDescription(node) };
    case 'evaluation':
      return evaluationLabel(node.evaluation);
    case 'aggregator':
      return aggregatorLabel(node);
    case 'sources':
      return sourcesLabel(node);
    case 'group':
      return groupLabel(node.group);
    case 'row':
      return { label: node.row.pack, description: rowDescription(node) };
    case 'more':
      return { label: 'Load more…', description: moreDescription(node) };
    case 'error':
      return errorLabel(node);
    case 'loading':
      return { label: 'Loading…', description: '' };
    case 'note':
      return { label: node.text, description: node.detail };
  }
}

const scopeLabel = ({ scope, connection, restoredReadAt }: ScopeNode): Label => ({
  label: formatScope(scope),
  description: [connection.profile, restoredReadAt && `as of ${age(restoredReadAt, Date.now())}`]
    .filter(Boolean)
    .join(' · '),
});

function errorLabel({ error, connection, isTopLevel }: ErrorNode): Label {
  const { title, advice } = describeError(error);
  const place = isTopLevel ? [connection.profile, connection.region] : [];
  return { label: title, description: [...place, advice].filter(Boolean).join(' · ') };
}

/** Names profile and region only if the settings specify them: otherwise there is just one connection. */
const aggregatorLabel = ({ aggregator, connection, scope }: AggregatorNode): Label => ({
  label: aggregator.name,
  description: [connection.profile, connection.region && scope.region].filter(Boolean).join(' · '),
});

function packDescription({ pack }: PackNode): string {
  const state = pack.deployment?.state;
  return state && state !== 'CREATE_COMPLETE' ? `${formatScore(pack.score)} · ${state}` : formatScore(pack.score);
}

function ruleDescription({ rule, totalFailures, pack }: RuleNode): string {
  if (rule.failing.length === 0) return rule.compliance ? complianceWord(rule.compliance) : 'state unknown';
  if (totalFailures === undefined) return `${rule.failing.length} failing so far`;
  const percent = pack.score?.percent;
  const gain =
    percent === undefined ? '' : ` · estimated gain ${formatGain(percent, rule.failing.length, totalFailures)}`;
  return `${rule.failing.length} failing${gain}`;
}

const evaluationLabel = ({ resourceId, resourceType, annotation }: Evaluation): Label => ({
  label: resourceId,
  description: [resourceType, annotation].filter(Boolean).join(' · '),
});

function sourcesLabel({ sources, isComplete }: SourcesNode): Label {
  const counts = (['FAILED', 'OUTDATED'] as const).map((state) => {
    const count = sources.filter((source) => source.state === state).length;
    return { count, words: `${count} ${state.toLowerCase()}` };
  });
  const [first = '', ...rest] = counts.filter(({ count }) => count > 0).map(({ words }) => words);
  const source = sources.find(({ state }) => state === 'FAILED') ?? sources[0];
  return {
    label: [
      first.replace(' ', first.startsWith('1 ') ? ' source ' : ' sources '),
      ...rest,
      !isComplete && 'possibly more',
    ]
      .filter(Boolean)
      .join(', '),
    description: source?.reason ?? source?.errorCode ?? '',
  };
}

function groupLabel(part: Group): Label {
  if (part.by === 'status') return { label: capitalize(complianceWord(part.name)), description: '' };
  const { compliantPacks, nonCompliantPacks } = part.count;
  return { label: part.name, description: `${nonCompliantPacks} non-compliant · ${compliantPacks} compliant` };
}

function rowDescription({ row, score }: RowNode): string {
  const passing = `${formatScope(row)} · ${row.compliantRules} of ${row.totalRules} rules passing`;
  return score?.percent === undefined ? passing : `${passing} · score ${formatScore(score)}`;
}

function moreDescription({ loadedCount, matchingCount, isLoading }: MoreNode): string {
  const count =
    matchingCount === undefined ? `${loadedCount} loaded` : `${loadedCount} loaded · ${matchingCount} match`;
  return isLoading ? `${count} · loading` : count;
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
