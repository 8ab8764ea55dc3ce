import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noFacts, toggled, withMessage } from '../../../src/webview/state.ts';
import { anyText, factsOf, resourcesOf, ruleLine } from './fixtures.ts';

describe("the panel's facts", () => {
  it('keep what other messages told', () => {
    const { head, results } = factsOf([ruleLine('a', { failing: 1 })]);
    assert(head && results);
    const trend = [{ at: 1, percent: 50 }];
    const facts = [
      { type: 'head', head } as const,
      { type: 'results', results } as const,
      { type: 'trend', scores: trend } as const,
    ].reduce(withMessage, noFacts);
    assert.deepEqual(facts, { head, results, trend, resources: new Map() });
  });

  it('hold the resources of every rule, whatever its name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyText), (rules) => {
        const facts = rules.reduce(
          (facts, rule, index) =>
            withMessage(facts, { type: 'resources', rule, total: index, resources: resourcesOf(index) }),
          noFacts,
        );
        rules.forEach((rule, index) => {
          assert.deepEqual(facts.resources.get(rule), { total: index, resources: resourcesOf(index) });
        });
        assert.equal(facts.resources.size, rules.length);
      }),
    );
  });

  it('a member toggled twice leaves the list as it was', () => {
    assert.deepEqual(toggled(['a'], 'b'), ['a', 'b']);
    assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.string(), (list, member) => {
        assert.deepEqual(new Set(toggled(toggled(list, member), member)), new Set(list));
      }),
    );
  });
});
