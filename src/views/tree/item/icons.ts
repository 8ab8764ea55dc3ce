import { busyIcon, complianceIcon, errorIcon, type Icon, packIcon, warningIcon } from '../../shared/icons.ts';
import type { Group, TreeNode } from '../model/nodes.ts';

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
      return getGroupIcon(node.group);
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

function getGroupIcon(group: Group): Icon {
  switch (group.by) {
    case 'account':
      return { codicon: 'account' };
    case 'region':
      return { codicon: 'globe' };
    case 'pack':
      return { codicon: group.count.pack.isOrganization ? 'organization' : 'package' };
    case 'status':
      return complianceIcon(group.name);
  }
}
