import type { ResultCounts } from '../../../compliance/organization/cells.ts';
import { toResultCounts } from '../../../compliance/queries/rowOrder.ts';
import type { Group } from '../model/nodes.ts';

/** The packs that a group's share of non-compliant packs is computed from; undefined if it has no share. */
export function getShareCounts(group: Group): ResultCounts | undefined {
  switch (group.by) {
    case 'account':
    case 'region':
      return toResultCounts(group.count);
    case 'pack':
      return group.compliance === undefined ? group.count : undefined;
    case 'status':
      return undefined;
  }
}
