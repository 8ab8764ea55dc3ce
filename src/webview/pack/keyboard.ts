import type { TableRow } from './rows.ts';
import { toggleMember, type ViewState } from './state.ts';
import type { Actions } from './view/actions.ts';

/** Handles a key on the table, and returns whether it did something. `pageSize` is the number of rows in view. */
export function handleKey(
  { key }: { readonly key: string },
  rows: readonly TableRow[],
  view: ViewState,
  pageSize: number,
  actions: Actions,
): boolean {
  const index = rows.findIndex(({ id }) => id === view.focused);
  const row = rows[index];
  const moveFocus = (to: number): boolean => {
    const target = rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (target) actions.updateView({ focused: target.id });
    return target !== undefined;
  };
  switch (key) {
    case 'ArrowDown':
      return moveFocus(index + 1);
    case 'ArrowUp':
      return moveFocus(index - 1);
    case 'PageDown':
      return moveFocus(index + pageSize);
    case 'PageUp':
      return moveFocus(index - pageSize);
    case 'Home':
      return moveFocus(0);
    case 'End':
      return moveFocus(rows.length - 1);
    case 'ArrowRight':
      return row !== undefined && getUnfolded(row) === false && toggle(row, actions);
    case 'ArrowLeft':
      if (row && getUnfolded(row)) return toggle(row, actions);
      return row !== undefined && moveFocus(findParentIndex(rows, index));
    case 'Enter':
      return row !== undefined && activate(row, actions);
    case ' ':
      if (row?.kind !== 'rule') return false;
      actions.updateView({ chosen: toggleMember(view.chosen, row.rule.name) });
      return true;
    default:
      return false;
  }
}

const getUnfolded = (row: TableRow): boolean | undefined => ('unfolded' in row ? row.unfolded : undefined);

function toggle({ id }: TableRow, actions: Actions): boolean {
  actions.toggleRow(id);
  return true;
}

function activate(row: TableRow, actions: Actions): boolean {
  if (row.kind === 'more') actions.loadResources(row.rule, row.shown, row.owner);
  else if (getUnfolded(row) !== undefined) actions.toggleRow(row.id);
  return true;
}

function findParentIndex(rows: readonly TableRow[], index: number): number {
  const level = rows[index]?.level ?? 1;
  return Math.max(
    0,
    rows.findLastIndex((row, at) => at < index && row.level < level),
  );
}
