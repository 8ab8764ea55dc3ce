import { isDenial } from '../../../compliance/errors.ts';
import { isFailedState } from '../../../compliance/model.ts';
import { formatCompliance } from '../../../compliance/text/states.ts';
import type { GroupNode, PackNode, TreeNode } from '../model/nodes.ts';
import { getLabel } from './labels.ts';

/** What a screen reader announces for a node: its kind, its exact name, and in words the state that its icon shows. */
export function getAccessibleLabel(node: TreeNode): string {
  const { label, description, spoken, exactName } = getLabel(node);
  const [kind, name, state] = describe(node, exactName ?? label);
  const details = spoken === undefined ? description.split(' · ') : [spoken];
  return [kind ? `${kind} ${name}` : name, state, ...details.filter((detail) => detail !== state)]
    .filter(Boolean)
    .join(', ');
}

/** The kind of a node, unless its name says it; its exact name; its state, unless its description says it. */
function describe(node: TreeNode, label: string): readonly [kind: string, name: string, state: string] {
  switch (node.kind) {
    case 'scope':
      return ['Account', label.replace(' · ', ', region '), ''];
    case 'pack':
      return ['Pack', node.pack.name, describePackState(node)];
    case 'rule':
      return ['Rule', node.rule.name, describeState(node.rule.compliance)];
    case 'evaluation':
      return ['Resource', label, describeState(node.evaluation.compliance)];
    case 'row':
      return ['Pack', node.row.pack, describeState(node.row.compliance)];
    case 'aggregator':
      return ['Aggregator', label, ''];
    case 'sources':
      return ['Warning:', label, ''];
    case 'group':
      return [describeGroup(node), label, ''];
    case 'error':
      return [isDenial(node.error) ? 'Permission missing:' : 'Error:', label, ''];
    case 'more':
    case 'loading':
    case 'note':
      return ['', label, ''];
  }
}

const describeState = (compliance: string | undefined): string =>
  compliance === undefined ? 'state unknown' : formatCompliance(compliance);

/** In the order of `packIcon`. A pack without a score says so in its description. */
function describePackState({ pack: { deployment, score }, scoreTarget }: PackNode): string {
  if (isFailedState(deployment?.state)) return 'deployment failed';
  if (deployment?.state.endsWith('_IN_PROGRESS')) return 'deployment in progress';
  if (score?.percent === undefined) return '';
  if (score.percent >= 100) return 'fully compliant';
  return score.percent >= scoreTarget ? `meets the target of ${scoreTarget}%` : `below the target of ${scoreTarget}%`;
}

function describeGroup({ group }: GroupNode): string {
  switch (group.by) {
    case 'account':
      return 'Account';
    case 'region':
      return 'Region';
    case 'pack':
      return group.count.pack.isOrganization ? 'Organization pack' : 'Pack';
    case 'status':
      return '';
  }
}
