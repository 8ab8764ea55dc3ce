import assert from 'node:assert/strict';
import { groupings } from '../../../src/compliance/grouping.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { shortenLabel } from '../../../src/views/tree/item/shortenLabel.ts';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import { noon, withOpenTree } from '../../support/tree/openTree.ts';

describe('labels of packs', () => {
  it('are shortened once three siblings are loaded, and keep their ids', () =>
    withOpenTree({ pageSize: 1 }, async ({ shown, estate }) => {
      const before = shown.nodesOfKind('pack');
      assert.deepEqual(
        before.map((node) => getLabel(node).label),
        ['operational-best-practices-for-hipaa-security', 'operational-best-practices-for-encryption-and-keys'],
      );
      await estate.getStore({}).getPackLists()[0]?.loadAll();
      await shown.waitUntilIdle();
      const after = new Map(shown.nodesOfKind('pack').map((node) => [node.id, getLabel(node).label]));
      assert.deepEqual(
        before.map(({ id }) => after.get(id)),
        ['…hipaa-security', '…encryption-and-keys'],
      );
    }));

  it('do not get longer because a filter hides their siblings', () =>
    withOpenTree({}, async ({ shown }) => {
      shown.setQuery({ groupBy: 'none' });
      await shown.waitUntilIdle();
      for (const node of shown.nodesOfKind('aggregator')) shown.expand(node);
      await shown.waitUntilIdle();
      for (const groupBy of ['none', 'pack'] as const) {
        shown.setQuery({ groupBy, filter: {} });
        await shown.waitUntilIdle();
        const getLabels = () => new Map(shown.nodes.map((node) => [node.id, getLabel(node).label]));
        const labels = getLabels();
        const pack = 'operational-best-practices-for-pci-dss';
        for (const filter of [{ nameContains: 'pci' }, { name: pack }, { compliance: 'NON_COMPLIANT' as const }]) {
          shown.setQuery({ filter });
          await shown.waitUntilIdle();
          const filtered = [...getLabels()].filter(([id, label]) => labels.has(id) && label.includes('pci'));
          assert(filtered.length >= 2);
          for (const [id, label] of filtered) assert.deepEqual([label, labels.get(id)], ['…pci-dss', '…pci-dss']);
        }
      }
    }));

  it('are the base names of an organization’s packs, also if these share a prefix', () => {
    const siblings = ['data-protection', 'landing-zone-logs', 'landing-zone-keys', 'landing-zone-users'];
    const getLabelOf = (name: string) => shortenLabel(name, siblings);
    assert.deepEqual(getLabelOf('OrgConformsPack-data-protection-7hd2m0pz'), {
      label: 'data-protection (org)',
      exactName: 'OrgConformsPack-data-protection-7hd2m0pz',
    });
    assert.equal(getLabelOf('OrgConformsPack-landing-zone-logs-7hd2m0pz').label, '…logs (org)');
    assert.equal(getLabelOf('landing-zone-logs').label, '…logs');
    assert.deepEqual(getLabelOf('data-protection'), { label: 'data-protection' });
  });

  for (const groupBy of groupings) {
    it(`keep the exact name for tooltips and screen readers, by ${groupBy}`, () =>
      withOpenTree({}, async ({ shown }) => {
        shown.setQuery({ groupBy });
        await shown.waitUntilIdle();
        for (const kind of ['aggregator', 'group'] as const) {
          for (const node of shown.nodesOfKind(kind)) shown.expand(node);
          await shown.waitUntilIdle();
        }
        const shortened = shown.nodes.filter((node) => /^…| \(org\)$/.test(getLabel(node).label));
        assert(shortened.length > 5);
        for (const node of shortened) {
          const { label, exactName = '' } = getLabel(node);
          const shownPart = label.replace(/^…/, '').replace(/ \(org\)$/, '');
          assert(exactName.includes(shownPart) && exactName.length > label.length, label);
          assert.equal(getTooltipLines(node, noon.getTime())[0], exactName);
          assert(node.id.includes(exactName));
        }
      }));
  }
});
