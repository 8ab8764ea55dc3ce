import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createNameRanker } from '../../../src/views/palette/nameRanking.ts';

/** The names that match, best matches first. */
function sortMatches(names: readonly string[], text: string): readonly string[] {
  const rank = createNameRanker(text);
  return names
    .map((name) => ({ name, order: rank(name, () => '111122223333 · eu-central-1') }))
    .filter(({ order }) => order !== undefined)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ name }) => name);
}

describe('createNameRanker', () => {
  it('ranks exact names, beginnings, beginnings of words, then other matches', () =>
    assert.deepEqual(sortMatches(['capcidity', 'best-PCI-dss', 'pci-dss', 'aws', 'PCI'], 'pci'), [
      'PCI',
      'pci-dss',
      'best-PCI-dss',
      'capcidity',
    ]));

  it('ranks packs of an organization by their base names', () =>
    assert.deepEqual(
      sortMatches(
        ['my-baseline', 'OrgConformsPack-baseline-2-k3v9q2xw', 'OrgConformsPack-baseline-k3v9q2xw'],
        'baseline',
      ),
      ['OrgConformsPack-baseline-k3v9q2xw', 'OrgConformsPack-baseline-2-k3v9q2xw', 'my-baseline'],
    ));

  it('matches words in the name and in the details, in any order', () => {
    assert.deepEqual(sortMatches(['soc-2', 'best-pci', 'pci'], 'EU-central  pci'), ['pci', 'best-pci']);
    assert.deepEqual(sortMatches(['soc-2', 'pci'], '1111'), ['soc-2', 'pci']);
    assert.deepEqual(sortMatches(['soc-2', 'pci'], 'pci us-east-1'), []);
    assert.deepEqual(sortMatches(['soc-2', 'pci'], ' '), ['soc-2', 'pci']);
  });

  it('puts a typed name first', () => {
    const name = fc.stringMatching(/^[a-c][-a-c]{0,6}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), fc.nat(), (names, index) => {
        const typed = names[index % names.length] ?? '';
        assert.equal(sortMatches(names, typed)[0], typed);
      }),
    );
  });
});
