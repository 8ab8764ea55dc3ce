import assert from 'node:assert/strict';
import { createNameMatcher, findDeployedPacks } from '../../../src/templates/match.ts';
import type { PackReference, ResolvedName } from '../../../src/templates/model.ts';

const named = (kind: PackReference['kind'], ...names: string[]) => ({
  kind,
  resolve: () =>
    names.map(
      (text): ResolvedName => ({ kind: text === '*' ? 'open' : text.includes('*') ? 'pattern' : 'exact', text }),
    ),
});

describe('templates: what a name is deployed as', () => {
  const deployed = ['baseline', 'dev-baseline', 'prod-baseline', 'OrgConformsPack-baseline-a1b2c3d4', 'Baseline'];

  it('is the exact name', () => {
    assert.deepEqual(findDeployedPacks(named('pack', 'baseline'), deployed), ['baseline']);
  });

  it('is, for an organization pack, the name between prefix and eight characters', () => {
    assert.deepEqual(findDeployedPacks(named('organization', 'baseline'), deployed), [
      'OrgConformsPack-baseline-a1b2c3d4',
    ]);
    const test = createNameMatcher({ kind: 'exact', text: 'baseline' }, 'organization');
    for (const other of [
      'OrgConformsPack-baseline',
      'OrgConformsPack-baseline-a1b2c3d',
      'OrgConformsPack-my-baseline-a1b2c3d4',
    ]) {
      assert.equal(test(other), false, other);
    }
  });

  it('is all that a pattern fits, and never one of them', () => {
    assert.deepEqual(findDeployedPacks(named('pack', '*-baseline'), deployed), ['dev-baseline', 'prod-baseline']);
    assert.deepEqual(findDeployedPacks(named('pack', 'dev*b*line'), deployed), ['dev-baseline']);
    assert.deepEqual(findDeployedPacks(named('pack', 'a*a'), ['a', 'aa', 'aba']), ['aa', 'aba']);
    assert.deepEqual(findDeployedPacks(named('organization', 'base*'), deployed), [
      'OrgConformsPack-baseline-a1b2c3d4',
    ]);
  });

  it('is nothing for a name of which nothing is known', () => {
    assert.deepEqual(findDeployedPacks(named('pack', '*'), deployed), []);
  });

  it('is what any of several names fit', () => {
    assert.deepEqual(findDeployedPacks(named('pack', 'prod-baseline', 'gone'), deployed), ['prod-baseline']);
  });

  it('is found at once for a hostile pattern', () => {
    const test = createNameMatcher({ kind: 'pattern', text: '*a'.repeat(200) }, 'pack');
    assert.equal(test('a'.repeat(199).padEnd(256, 'b')), false);
  });
});
