import { busyIcon, complianceIcon, errorIcon, type Icon, packIcon, warningIcon } from '../../shared/icons.ts';
import type { TreeNode } from '../model/nodes.ts';

const groupIcons = { account: { codicon: 'account' }, region: { codicon: 'globe' } } as const;

export function getIcon(node: TreeNode): Icon {
  switch (node.kind) {
    case 'scope':
      return { codicon: 'shield' };
    case 'pack':
      return packIcon(node.pack, node.scoreTarget);
    case 'rule':
      return complianceIcon(node.rule.compliance);
    case 'evaluation':
      return { codicon: 'circle-small-filled' };
    case 'aggregator':
      return { codicon: 'organization' };
    case 'sources':
      return warningIcon;
    case 'group':
      return node.group.by === 'status' ? complianceIcon(node.group.name) : groupIcons[node.group.by];
    case 'row':
      return complianceIcon(node.row.compliance);
    case 'more':
      return node.isLoading ? busyIcon : { codicon: 'ellipsis' };
    case 'error':
      return errorIcon(node.error);
    case 'loading':
      return busyIcon;
    case 'note':
      return { codicon: 'info' };
  }
}
