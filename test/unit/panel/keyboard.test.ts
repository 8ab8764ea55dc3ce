import assert from 'node:assert/strict';
import { handleKey } from '../../../src/webview/pack/keyboard.ts';
import { getRows } from '../../../src/webview/pack/rows.ts';
import type { ViewState } from '../../../src/webview/pack/state.ts';
import type { Actions } from '../../../src/webview/pack/view/actions.ts';
import { createPanelData, createResources, createRule, createViewState } from '../../support/panel/fixtures.ts';

const rules = [
  createRule('a', { failing: 5 }),
  createRule('b', { failing: 2 }),
  createRule('c', { compliance: 'COMPLIANT', passing: 1 }),
];
const data = { ...createPanelData(rules), resources: new Map([['a', { total: 5, resources: createResources(3) }]]) };
const bucket = (index: number) => `a/AWS::S3::Bucket/bucket-${index}`;

/** Presses a key with `a` unfolded and three rows in view. Returns the action, or undefined. */
function press(key: string, focused: string, change: Partial<ViewState> = {}): unknown {
  const view = createViewState({ unfolded: ['a'], focused, ...change });
  const calls: unknown[] = [];
  const actions: Actions = {
    updateView: (change) => calls.push(change),
    send: (message) => calls.push(message),
    toggleRow: (id) => calls.push({ toggleRow: id }),
    loadResources: (rule, shown) => calls.push({ loadResources: rule, shown }),
    copyMarkdown: () => calls.push('copyMarkdown'),
    exportAs: (format) => calls.push({ exportAs: format }),
  };
  const isHandled = handleKey({ key }, getRows(data, view), view, 3, actions);
  assert.equal(isHandled, calls.length > 0, 'the result says whether the key did something');
  assert(calls.length <= 1, 'a key does one thing at most');
  return calls[0];
}

/** Key, focused row and expected action. The rows are a, its buckets 0 to 2, Load more, b and c. */
const cases: readonly (readonly [string, string, unknown])[] = [
  ['ArrowDown', '', { focused: 'a' }],
  ['ArrowDown', 'a', { focused: bucket(0) }],
  ['ArrowDown', 'c', { focused: 'c' }],
  ['ArrowUp', 'b', { focused: 'a#more3' }],
  ['ArrowUp', 'a', { focused: 'a' }],
  ['ArrowUp', '', { focused: 'a' }],
  ['PageDown', 'a', { focused: bucket(2) }],
  ['PageDown', 'b', { focused: 'c' }],
  ['PageUp', 'b', { focused: bucket(1) }],
  ['PageUp', bucket(0), { focused: 'a' }],
  ['Home', 'c', { focused: 'a' }],
  ['End', 'a', { focused: 'c' }],
  ['ArrowRight', 'a', undefined],
  ['ArrowRight', 'b', { toggleRow: 'b' }],
  ['ArrowRight', 'c', undefined],
  ['ArrowRight', bucket(0), undefined],
  ['ArrowLeft', 'a', { toggleRow: 'a' }],
  ['ArrowLeft', bucket(2), { focused: 'a' }],
  ['ArrowLeft', 'a#more3', { focused: 'a' }],
  ['ArrowLeft', '', undefined],
  ['Enter', 'a', { toggleRow: 'a' }],
  ['Enter', 'b', { toggleRow: 'b' }],
  ['Enter', 'a#more3', { loadResources: 'a', shown: 3 }],
  ['Enter', '', undefined],
  [' ', 'b', { chosen: ['b'] }],
  [' ', bucket(0), undefined],
  [' ', '', undefined],
  ['x', 'a', undefined],
  ['Tab', 'a', undefined],
];

describe('handleKey', () => {
  for (const [key, focused, expected] of cases) {
    it(`handles ${key === ' ' ? 'Space' : key} on ${focused || 'no row'}`, () => {
      assert.deepEqual(press(key, focused), expected);
    });
  }

  it('deselects a selected rule with Space', () => {
    assert.deepEqual(press(' ', 'b', { chosen: ['a', 'b'] }), { chosen: ['a'] });
  });

  it('handles controls and their rules', () => {
    const controls = { tab: 'controls', unfolded: ['#'] } as const;
    assert.deepEqual(press('Enter', '#', controls), { toggleRow: '#' });
    assert.deepEqual(press('ArrowLeft', '#b', controls), { focused: '#' });
    assert.deepEqual(press(' ', '#b', controls), { chosen: ['b'] });
    assert.equal(press(' ', '#', controls), undefined);
  });

  it('ignores keys on an empty table', () => {
    for (const key of ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'Enter', ' ']) {
      assert.equal(press(key, 'a', { text: 'matches no rule' }), undefined);
    }
  });
});
