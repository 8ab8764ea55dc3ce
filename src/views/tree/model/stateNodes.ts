import { type ComplianceError, isSignedOut } from '../../../compliance/errors.ts';
import type { List } from '../../../compliance/paging/list.ts';
import type { Connection } from '../../../compliance/source.ts';
import type { ErrorNode, TreeNode } from './nodes.ts';

/** How a list's children differ from its rows. */
interface Shown {
  /** Whether a filter of ours has left only some of the rows. */
  readonly filtered?: boolean;
  /** What to say where the list is empty. */
  readonly empty?: { readonly text: string; readonly detail: string };
}

/**
 * The children that a list gives: its rows, what is missing and why, and where it goes on.
 * What is no row has an id with `#`, which no name has.
 */
export function listNodes(
  { id: parentId, connection }: { readonly id: string; readonly connection: Connection },
  list: List<unknown>,
  rows: readonly TreeNode[],
  { filtered = false, empty }: Shown = {},
): TreeNode[] {
  const loaded = list.rows.length;
  // What may not be read is said before the rows that lack it; where a load broke off, after them.
  // That the connection is signed out is said once beside it, and again only where nothing else would stand.
  const told = list.errors.filter((error) => rows.length === 0 || !isSignedOut(error));
  const errors = told.map((error, index) => errorNode(`${parentId}#${index}`, error, connection, [list]));
  const denied = errors.filter(({ error }) => error.kind === 'denied');
  const broken = errors.filter(({ error }) => error.kind !== 'denied');
  const children: TreeNode[] = [...denied, ...rows, ...broken];
  if (list.state === 'loading' && loaded === 0) children.push({ kind: 'loading', id: `${parentId}#loading` });
  else if (!list.isComplete && list.state !== 'failed') {
    const matching = filtered ? { matching: rows.length } : {};
    children.push({
      kind: 'more',
      id: `${parentId}#more`,
      list,
      loading: list.state === 'loading',
      loaded,
      ...matching,
    });
  }
  if (children.length > 0) return children;
  const note = loaded > 0 ? { text: 'Nothing matches the filter', detail: `${loaded} loaded` } : empty;
  return note ? [{ kind: 'note', id: `${parentId}#empty`, ...note }] : [];
}

/** An error in the place of what it kept away; `lists` are loaded again on Retry. */
export function errorNode(
  place: string,
  error: ComplianceError,
  connection: Connection,
  lists: readonly List<unknown>[],
): ErrorNode {
  return { kind: 'error', id: `${place}#error`, error, connection, lists };
}
