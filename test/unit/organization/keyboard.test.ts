import assert from 'node:assert/strict';
import { handleKey } from '../../../src/webview/overview/handleKey.ts';
import { getCellAt, getVisibleRange, scrollToCell } from '../../../src/webview/overview/matrix/geometry.ts';
import type { OverviewRow, RowsMessage } from '../../../src/webview/overview/protocol.ts';
import { initialState, type OverviewData, type OverviewState } from '../../../src/webview/overview/state.ts';
import type { OverviewActions } from '../../../src/webview/overview/view/actions.ts';

const counts = { evaluated: 1, nonCompliant: 1, withoutResult: 0 };
const account = { account: '111122223333' };
const pack = { ...account, region: 'us-east-1', pack: 'pci-dss' };
const rows: readonly OverviewRow[] = [
  { kind: 'account', id: 'account', level: 1, unfolded: true, ...account, ...counts, regions: 1 },
  { kind: 'region', id: 'region', level: 2, unfolded: true, region: 'us-east-1', ...counts },
  { kind: 'deployedPack', id: 'pack', level: 3, ...pack, compliantRules: 1, totalRules: 2 },
  { kind: 'account', id: 'other', level: 1, unfolded: false, account: '444455556666', ...counts, regions: 1 },
];
const base = { type: 'rows', request: 1, first: 0, focusedIndex: -1, suggestedAccounts: [] } as const;
const table: RowsMessage = { ...base, tab: 'accounts', total: rows.length, rows };
const matrix: RowsMessage = {
  ...base,
  tab: 'matrix',
  total: 100,
  rows: [],
  matrix: {
    firstColumn: 0,
    totalColumns: 50,
    packs: ['a', 'b'],
    cells: ['C ', '4.'],
    accounts: [account, { account: '4' }],
  },
};

/** Presses a key with ten rows in view. Returns the actions. */
function press(key: string, window: RowsMessage, change: Partial<OverviewState>, ctrlKey = false): readonly unknown[] {
  const calls: unknown[] = [];
  const actions: OverviewActions = {
    updateState: (update) => calls.push(update),
    send: (message) => calls.push(message),
    toggleRow: (id) => calls.push({ toggleRow: id }),
  };
  const data: OverviewData = { window };
  const isHandled = handleKey({ key, ctrlKey }, data, { ...initialState, tab: window.tab, ...change }, 10, actions);
  assert.equal(isHandled, calls.length > 0, 'the result says whether the key did something');
  return calls;
}

const focus = (index: number) => ({ id: rows[index]?.id ?? '', index });
const pressOnRow = (key: string, index: number) => press(key, table, { focus: focus(index) });
const pressOnCell = (key: string, row: number, column: number, ctrlKey = false) =>
  press(key, matrix, { cell: { row, column } }, ctrlKey);

describe('the keyboard in an organization overview', () => {
  it('moves between rows, and folds and unfolds them', () => {
    assert.deepEqual(pressOnRow('ArrowDown', 0), [{ focus: focus(1) }]);
    assert.deepEqual(pressOnRow('ArrowUp', 0), [{ focus: focus(0) }]);
    assert.deepEqual(pressOnRow('End', 0), [{ focus: focus(3) }]);
    assert.deepEqual(pressOnRow('ArrowLeft', 2), [{ focus: focus(1) }]);
    assert.deepEqual(pressOnRow('ArrowLeft', 0), [{ toggleRow: 'account' }]);
    assert.deepEqual(pressOnRow('ArrowRight', 3), [{ toggleRow: 'other' }]);
    assert.deepEqual(pressOnRow('ArrowRight', 0), []);
    assert.deepEqual(pressOnRow('Enter', 3), [{ toggleRow: 'other' }]);
    assert.deepEqual(pressOnRow('Enter', 2), [{ type: 'openPack', ...pack }]);
    assert.deepEqual(pressOnRow('x', 0), []);
  });

  it('moves between cells of the matrix, and opens those with rows', () => {
    const cell = (row: number, column: number) => [{ cell: { row, column } }];
    assert.deepEqual(pressOnCell('ArrowRight', 0, 49), cell(0, 49));
    assert.deepEqual(pressOnCell('ArrowDown', 0, 3), cell(1, 3));
    assert.deepEqual(pressOnCell('PageDown', 95, 3), cell(99, 3));
    assert.deepEqual(pressOnCell('Home', 5, 3), cell(5, 0));
    assert.deepEqual(pressOnCell('End', 5, 3, true), cell(99, 49));
    assert.deepEqual(pressOnCell('Enter', 0, 0), [{ type: 'openPack', ...account, pack: 'a' }]);
    // Neither an empty cell nor one that has not been received opens anything.
    assert.deepEqual(pressOnCell('Enter', 0, 1), []);
    assert.deepEqual(pressOnCell('Enter', 50, 1), []);
  });

  it('moves nowhere in an empty list', () => {
    assert.deepEqual(press('ArrowDown', { ...table, total: 0, rows: [] }, {}), []);
    assert.deepEqual(press('ArrowDown', { ...base, tab: 'matrix', total: 0, rows: [] }, {}), []);
  });
});

describe('the geometry of the matrix', () => {
  const viewport = { left: 260, top: 2600, width: 800, height: 600 };
  const size = { rows: 3000, columns: 50 };

  it('finds the cell at a point, and none over the headers or beside the cells', () => {
    assert.deepEqual(getCellAt(viewport, 250, 165, size), { row: 100, column: 10 });
    assert.equal(getCellAt(viewport, 249, 165, size), undefined);
    assert.equal(getCellAt(viewport, 250, 164, size), undefined);
    assert.equal(getCellAt(viewport, 799, 165, { ...size, columns: 20 }), undefined);
  });

  it('scrolls as little as needed to show a cell', () => {
    const { first, count, firstColumn } = getVisibleRange(viewport);
    assert.deepEqual(scrollToCell(viewport, { row: first + 2, column: firstColumn + 2 }), { left: 260, top: 2600 });
    assert.deepEqual(scrollToCell(viewport, { row: 0, column: 0 }), { left: 0, top: 0 });
    const { top } = scrollToCell(viewport, { row: first + count, column: firstColumn });
    assert(top > 2600 && getVisibleRange({ ...viewport, top }).first <= first + 3);
  });
});
