import assert from 'node:assert/strict';
import { createNameMatcher } from '../../../src/templates/match.ts';
import type { PackReference, ResolvedName } from '../../../src/templates/model.ts';

const createReference = (kind: PackReference['kind'], ...names: string[]) => ({
  kind,
  resolve: () =>
    names.map(
      (text): ResolvedName => ({ kind: text === '*' ? 'open' : text.includes('*') ? 'pattern' : 'exact', text }),
    ),
});

/** The deployed packs that match a name of a reference. */
function findMatches({ kind, resolve }: ReturnType<typeof createReference>, deployed: readonly string[]): string[] {
  const tests = resolve().map((name) => createNameMatcher(name, kind));
  return deployed.filter((name) => tests.some((test) => test(name)));
}

describe('createNameMatcher', () => {
  const deployed = ['baseline', 'dev-baseline', 'prod-baseline', 'OrgConformsPack-baseline-a1b2c3d4', 'Baseline'];

  it('matches an exact name', () => {
    assert.deepEqual(findMatches(createReference('pack', 'baseline'), deployed), ['baseline']);
  });

  it('matches the name of an organization pack between its prefix and suffix', () => {
    assert.deepEqual(findMatches(createReference('organization', 'baseline'), deployed), [
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

  it('returns all packs that match a pattern', () => {
    assert.deepEqual(findMatches(createReference('pack', '*-baseline'), deployed), ['dev-baseline', 'prod-baseline']);
    assert.deepEqual(findMatches(createReference('pack', 'dev*b*line'), deployed), ['dev-baseline']);
    assert.deepEqual(findMatches(createReference('pack', 'a*a'), ['a', 'aa', 'aba']), ['aa', 'aba']);
    assert.deepEqual(findMatches(createReference('organization', 'base*'), deployed), [
      'OrgConformsPack-baseline-a1b2c3d4',
    ]);
  });

  it('returns nothing for an unknown name', () => {
    assert.deepEqual(findMatches(createReference('pack', '*'), deployed), []);
  });

  it('matches any of several names', () => {
    assert.deepEqual(findMatches(createReference('pack', 'prod-baseline', 'gone'), deployed), ['prod-baseline']);
  });

  it('is fast for a hostile pattern', () => {
    const test = createNameMatcher({ kind: 'pattern', text: '*a'.repeat(200) }, 'pack');
    assert.equal(test('a'.repeat(199).padEnd(256, 'b')), false);
  });
});
