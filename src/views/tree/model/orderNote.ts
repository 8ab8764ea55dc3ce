import type { List } from '../../../compliance/paging/list.ts';
import type { PackOrder } from '../../../compliance/source.ts';
import type { TreeNode } from './nodes.ts';

/**
 * Adds a note on top of sorted children if their list has not been read completely: what has not been read may come
 * before them. `read` is what has been read, such as `100 rows`.
 */
export function addOrderNote(
  { id }: { readonly id: string },
  children: readonly TreeNode[],
  list: List<unknown>,
  order: PackOrder,
  read: string,
): TreeNode[] {
  if (list.isComplete || list.rows.length === 0) return [...children];
  const detail = `${describeOrder(order)} among these`;
  return [{ kind: 'note', id: `${id}#order`, text: `First ${read} read`, detail }, ...children];
}

function describeOrder({ by, descending }: PackOrder): string {
  if (by === 'name') return descending ? 'Z to A' : 'A to Z';
  return descending ? 'best first' : 'worst first';
}
