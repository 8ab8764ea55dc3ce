import { type ComplianceError, isDenial, isSignedOut } from '../../../compliance/errors.ts';
import { mergeByCause } from '../../../compliance/mergeErrors.ts';
import { isRead, type List } from '../../../compliance/paging/list.ts';
import type { Connection } from '../../../compliance/source.ts';
import type { ErrorNode, TreeNode } from './nodes.ts';

interface StateOptions {
  /** Whether the query has a filter that may have removed rows. */
  readonly isFiltered?: boolean;
  /** How many rows were left out because there are too many. */
  readonly hiddenCount?: number;
  /** Shown if the list is complete and has no rows. */
  readonly emptyNote?: { readonly text: string; readonly detail: string };
}

/**
 * Adds to a list's row nodes the nodes that show its state: errors, Loading…, Load more… or a note that it is empty.
 * Ids of these nodes contain `#`, which no AWS name does.
 */
export function addStateNodes(
  { id: parentId, connection }: { readonly id: string; readonly connection: Connection },
  list: List<unknown>,
  rows: readonly TreeNode[],
  { isFiltered = false, hiddenCount = 0, emptyNote }: StateOptions = {},
): TreeNode[] {
  const loadedCount = list.rows.length;
  // The root already shows that the connection is signed out: repeat it only if there is nothing else to show.
  const errors = mergeByCause(list.errors)
    .filter((error) => rows.length === 0 || !isSignedOut(error))
    .map((error, index) => createErrorNode(`${parentId}#${index}`, error, connection, [list]));
  // A missing permission explains the rows below it; any other error explains why the list ends where it does.
  const denied = errors.filter(({ error }) => isDenial(error));
  const others = errors.filter(({ error }) => !isDenial(error));
  const children: TreeNode[] = [...denied, ...rows, ...others];
  const isLoading = list.state === 'loading';
  if (isLoading && loadedCount === 0) {
    children.push({ kind: 'loading', id: `${parentId}#loading` });
  } else if (hiddenCount > 0 || (!isRead(list) && list.state !== 'failed')) {
    const matching = isFiltered ? { matchingCount: rows.length + hiddenCount } : {};
    children.push({ kind: 'more', id: `${parentId}#more`, list, isLoading, loadedCount, hiddenCount, ...matching });
  }
  if (children.length > 0) return children;
  const noMatch = 'No packs match the filter';
  const note =
    loadedCount > 0
      ? { text: noMatch, detail: `${loadedCount} loaded` }
      : emptyNote && (isFiltered ? { ...emptyNote, detail: noMatch } : emptyNote);
  return note ? [{ kind: 'note', id: `${parentId}#empty`, readAt: list.readAt, ...note }] : [];
}

/** An error shown in place of the data that could not be loaded. Retry reloads `lists`. */
export const createErrorNode = (
  parentId: string,
  error: ComplianceError,
  connection: Connection,
  lists: readonly List<unknown>[],
): ErrorNode => ({ kind: 'error', id: `${parentId}#error`, error, connection, lists });
