import assert from 'node:assert/strict';
import { toGroupExportFilter } from '../../../src/views/export/treeExport.ts';
import type { Group } from '../../../src/views/tree/model/nodes.ts';

const createPackGroup = (isOrganization: boolean, deployedNames: readonly string[], readRows?: number): Group => {
  const states = { compliant: 1, insufficientData: 0, nonCompliant: 1, unknown: 0 };
  const count = { pack: { name: 'baseline', isOrganization, deployedNames }, packs: 2, ...states };
  return { by: 'pack', name: 'baseline', count, compliance: undefined, readRows };
};

describe('toExportFilter', () => {
  const [first, second] = ['OrgConformsPack-baseline-k3v9q2xw', 'OrgConformsPack-baseline-7hd2m0pz'];

  it('filters by the name of a pack', () => {
    assert.deepEqual(toGroupExportFilter(createPackGroup(false, ['baseline'], 100)), { name: 'baseline' });
  });

  it('filters by the name of an organization’s pack, whatever has been read of it', () => {
    for (const group of [createPackGroup(true, [first, second]), createPackGroup(true, [first], 100)])
      assert.deepEqual(toGroupExportFilter(group), { organizationPack: 'baseline' });
  });

  it('filters by account, region and state', () => {
    const count = { name: 'eu-central-1', compliantPacks: 1, nonCompliantPacks: 0 };
    const region: Group = {
      by: 'region',
      name: count.name,
      count,
      compliance: undefined,
      isUnfiltered: false,
      readRows: undefined,
    };
    assert.deepEqual(toGroupExportFilter(region), { region: 'eu-central-1' });
    assert.deepEqual(toGroupExportFilter({ by: 'status', name: 'COMPLIANT', count: undefined }), {
      compliance: 'COMPLIANT',
    });
  });
});
