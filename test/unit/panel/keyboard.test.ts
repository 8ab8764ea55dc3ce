import assert from 'node:assert/strict';
import { pressKey } from '../../../src/webview/keyboard.ts';
import { linesOf } from '../../../src/webview/lines.ts';
import type { View } from '../../../src/webview/state.ts';
import type { Actions } from '../../../src/webview/view/actions.ts';
import { factsOf, resourcesOf, ruleLine, viewOf } from './fixtures.ts';

const rules = [
  ruleLine('a', { failing: 5 }),
  ruleLine('b', { failing: 2 }),
  ruleLine('c', { compliance: 'COMPLIANT', passing: 1 }),
];
const facts = { ...factsOf(rules), resources: new Map([['a', { total: 5, resources: resourcesOf(3) }]]) };
const bucket = (index: number) => `a/AWS::S3::Bucket/bucket-${index}`;

/** What a key does where `a` is unfolded and three lines are seen; undefined where it does nothing. */
function press(key: string, focused: string, change: Partial<View> = {}): unknown {
  const view = viewOf({ unfolded: ['a'], focused, ...change });
  const done: unknown[] = [];
  const actions: Actions = {
    look: (change) => done.push(change),
    send: (message) => done.push(message),
    toggle: (id) => done.push({ toggle: id }),
    more: (rule, shown) => done.push({ more: rule, shown }),
    exportAs: (format) => done.push({ exportAs: format }),
  };
  const acted = pressKey({ key }, linesOf(facts, view), view, 3, actions);
  assert.equal(acted, done.length > 0, 'says whether it did something');
  assert(done.length <= 1, 'does one thing at most');
  return done[0];
}

/** Key, where the focus is, and what happens. Lines: a, its buckets 0 to 2, Load more, b, c. */
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
  ['ArrowRight', 'b', { toggle: 'b' }],
  ['ArrowRight', 'c', undefined],
  ['ArrowRight', bucket(0), undefined],
  ['ArrowLeft', 'a', { toggle: 'a' }],
  ['ArrowLeft', bucket(2), { focused: 'a' }],
  ['ArrowLeft', 'a#more3', { focused: 'a' }],
  ['ArrowLeft', '', undefined],
  ['Enter', 'a', { toggle: 'a' }],
  ['Enter', 'b', { toggle: 'b' }],
  ['Enter', 'a#more3', { more: 'a', shown: 3 }],
  ['Enter', '', undefined],
  [' ', 'b', { chosen: ['b'] }],
  [' ', bucket(0), undefined],
  [' ', '', undefined],
  ['x', 'a', undefined],
  ['Tab', 'a', undefined],
];

describe('a key on the table', () => {
  for (const [key, focused, expected] of cases) {
    it(`${key === ' ' ? 'Space' : key} on ${focused || 'nothing'}`, () => {
      assert.deepEqual(press(key, focused), expected);
    });
  }

  it('Space takes back a choice', () => {
    assert.deepEqual(press(' ', 'b', { chosen: ['a', 'b'] }), { chosen: ['a'] });
  });

  it('works on controls and the rules below them', () => {
    const controls = { tab: 'controls', unfolded: ['#'] } as const;
    assert.deepEqual(press('Enter', '#', controls), { toggle: '#' });
    assert.deepEqual(press('ArrowLeft', '#b', controls), { focused: '#' });
    assert.deepEqual(press(' ', '#b', controls), { chosen: ['b'] });
    assert.equal(press(' ', '#', controls), undefined);
  });

  it('does nothing on an empty table', () => {
    for (const key of ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'Enter', ' ']) {
      assert.equal(press(key, 'a', { text: 'nothing is called that' }), undefined);
    }
  });
});
