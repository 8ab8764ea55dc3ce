import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyMessage,
  emptyPanelData,
  initialViewState,
  markRequested,
  restoreState,
  toggleMember,
} from '../../../src/webview/pack/state.ts';
import { anyText, createPanelData, createResources, createRule } from '../../support/panel/fixtures.ts';

describe('applyMessage', () => {
  it('keeps the data of other messages', () => {
    const { header, results } = createPanelData([createRule('a', { failing: 1 })]);
    assert(header && results);
    const trend = [{ at: 1, percent: 50 }];
    const data = [
      { type: 'header', header } as const,
      { type: 'results', results } as const,
      { type: 'trend', scores: trend } as const,
    ].reduce(applyMessage, emptyPanelData);
    assert.deepEqual(data, { header, results, trend, resources: new Map() });
  });

  it('stores resources by rule, for any name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyText), (rules) => {
        const data = rules.reduce(
          (previous, rule, index) =>
            applyMessage(previous, { type: 'resources', rule, total: index, resources: createResources(index) }),
          emptyPanelData,
        );
        rules.forEach((rule, index) => {
          assert.deepEqual(data.resources.get(rule), { total: index, resources: createResources(index) });
        });
        assert.equal(data.resources.size, rules.length);
      }),
    );
  });
});

describe('markRequested', () => {
  it('shows requested resources as loading until they are sent, and keeps sent ones', () => {
    const requested = markRequested(emptyPanelData, 'a', '');
    assert.deepEqual(requested.resources.get('a'), { resources: [], isLoading: true });
    const sent = applyMessage(requested, { type: 'resources', rule: 'a', resources: createResources(2), total: 9 });
    assert.deepEqual(sent.resources.get('a'), { resources: createResources(2), total: 9 });
    assert.deepEqual(markRequested(sent, 'a', ''), sent);
  });
});

describe('restoreState', () => {
  const view = { ...initialViewState, text: 'encryption', unfolded: ['a'] };

  it('keeps the view of the same pack', () =>
    assert.deepEqual(restoreState({ target: { name: 'a' }, view }, { name: 'a' }), { target: { name: 'a' }, view }));

  it('starts anew for another pack, and for a new panel', () => {
    assert.deepEqual(restoreState({ target: { name: 'a' }, view }, { name: 'b' }), { target: { name: 'b' } });
    assert.deepEqual(restoreState(undefined, { name: 'b' }), { target: { name: 'b' } });
  });
});

describe('toggleMember', () => {
  it('adds a missing member and removes a present one', () => {
    assert.deepEqual(toggleMember(['a'], 'b'), ['a', 'b']);
    assert.deepEqual(toggleMember(['a', 'b'], 'a'), ['b']);
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.string(), (list, member) => {
        assert.deepEqual(new Set(toggleMember(toggleMember(list, member), member)), new Set(list));
      }),
    );
  });
});
