import type { ComplianceError } from '../../../compliance/errors.ts';
import { hasFailed, type Pack } from '../../../compliance/model.ts';
import type { TreeNode } from '../model/nodes.ts';

/** A codicon and, where a state has one, the theme's colour for it. Shapes alone tell the states apart. */
export interface Icon {
  readonly codicon: string;
  readonly color?: string;
}

const failed: Icon = { codicon: 'error', color: 'problemsErrorIcon.foreground' };
const warning: Icon = { codicon: 'warning', color: 'problemsWarningIcon.foreground' };
const good: Icon = { codicon: 'pass', color: 'testing.iconPassed' };
const perfect: Icon = { codicon: 'pass-filled', color: 'testing.iconPassed' };
const unknown: Icon = { codicon: 'circle-slash', color: 'descriptionForeground' };
export const busy: Icon = { codicon: 'loading~spin' };

export function iconOf(node: TreeNode): Icon {
  switch (node.kind) {
    case 'scope':
      return { codicon: 'shield' };
    case 'pack':
      return packIcon(node.pack, node.target);
    case 'rule':
      return complianceIcon(node.rule.compliance);
    case 'evaluation':
      return { codicon: 'circle-small-filled' };
    case 'aggregator':
      return { codicon: 'organization' };
    case 'sources':
      return warning;
    case 'group':
      return node.part.by === 'status' ? complianceIcon(node.part.name) : groupIcons[node.part.by];
    case 'row':
      return complianceIcon(node.row.compliance);
    case 'more':
      return node.loading ? busy : { codicon: 'ellipsis' };
    case 'error':
      return errorIcon(node.error);
    case 'loading':
      return busy;
    case 'note':
      return { codicon: 'info' };
  }
}

const groupIcons = { account: { codicon: 'account' }, region: { codicon: 'globe' } } as const;

/** A pack by its deployment, then by its score against the target, 0–100. */
export function packIcon({ score, deployment }: Pack, target: number): Icon {
  if (hasFailed(deployment?.state)) return failed;
  if (deployment?.state.endsWith('_IN_PROGRESS')) return { codicon: 'sync', color: 'descriptionForeground' };
  if (score?.percent === undefined) return unknown;
  if (score.percent >= 100) return perfect;
  return score.percent >= target ? good : warning;
}

export const errorIcon = ({ kind }: ComplianceError): Icon =>
  kind === 'denied' ? { codicon: 'lock', color: 'problemsWarningIcon.foreground' } : failed;

export function complianceIcon(compliance: string | undefined): Icon {
  if (compliance === 'COMPLIANT') return perfect;
  return compliance === 'NON_COMPLIANT' ? warning : unknown;
}
