import { type Key, moveCell, moveRow } from './keyboard.ts';
import { openRow } from './openRow.ts';
import { getRow, getTotal, type OverviewData, type OverviewState } from './state.ts';
import type { OverviewActions } from './view/actions.ts';
import { getCell } from './view/details.ts';

/** Handles a key on the table or the matrix, and returns whether it did something. `pageSize`: the rows in view. */
export function handleKey(
  event: Key,
  data: OverviewData,
  state: OverviewState,
  pageSize: number,
  actions: OverviewActions,
): boolean {
  return state.tab === 'matrix'
    ? handleMatrixKey(event, data, state, pageSize, actions)
    : handleTableKey(event, data, state, pageSize, actions);
}

function handleMatrixKey(
  event: Key,
  data: OverviewData,
  state: OverviewState,
  pageSize: number,
  actions: OverviewActions,
): boolean {
  if (event.key === 'Enter') {
    const focused = getCell(data, state.cell);
    if (!focused || focused.code === ' ') return false;
    actions.send({ type: 'openPack', account: focused.account.account, pack: focused.pack });
    return true;
  }
  const size = { rows: getTotal(data, state), columns: data.window?.matrix?.totalColumns ?? 0, pageSize };
  const cell = moveCell(event, state.cell, size);
  if (cell) actions.updateState({ cell });
  return cell !== undefined;
}

function handleTableKey(
  event: Key,
  data: OverviewData,
  state: OverviewState,
  pageSize: number,
  actions: OverviewActions,
): boolean {
  const { index } = state.focus;
  const row = getRow(data, index);
  const unfolded = row && 'unfolded' in row ? row.unfolded : undefined;
  const focusRow = (to: number | undefined): boolean => {
    if (to !== undefined) actions.updateState({ focus: { id: getRow(data, to)?.id ?? '', index: to } });
    return to !== undefined;
  };
  const toggle = (): boolean => {
    if (row) actions.toggleRow(row.id, index);
    return row !== undefined;
  };
  switch (event.key) {
    case 'ArrowRight':
      return unfolded === false && toggle();
    case 'ArrowLeft':
      return unfolded === true ? toggle() : focusRow(findParent(data, index));
    case 'Enter':
      return openRow(row, actions) || (unfolded !== undefined && toggle());
    default:
      return focusRow(moveRow(event, index, getTotal(data, state), pageSize));
  }
}

/** The index of a row's parent, if it has been received. */
function findParent({ window }: OverviewData, index: number): number | undefined {
  const at = index - (window?.first ?? 0);
  const level = window?.rows[at]?.level ?? 1;
  const parent = window?.rows.findLastIndex((row, other) => other < at && row.level < level) ?? -1;
  return window && parent >= 0 ? window.first + parent : undefined;
}
