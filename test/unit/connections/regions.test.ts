import assert from 'node:assert/strict';
import { getOfferedRegions, hasRegionFormat } from '../../../src/views/connections/regions.ts';

describe('getOfferedRegions', () => {
  it('returns the regions in use, then the others of their partition', () => {
    const [first, ...others] = getOfferedRegions(['eu-west-1']);
    assert.equal(first, 'eu-west-1');
    assert(others.includes('us-east-1') && !others.includes('eu-west-1') && !others.includes('cn-north-1'));
    assert.deepEqual(getOfferedRegions(['cn-north-1']), ['cn-north-1', 'cn-northwest-1']);
    assert.deepEqual(getOfferedRegions(['us-iso-west-1']), ['us-iso-west-1', 'us-iso-east-1']);
    assert.deepEqual(getOfferedRegions(['eusc-de-east-1']), ['eusc-de-east-1']);
    assert(getOfferedRegions([]).includes('ap-southeast-2'));
  });
});

describe('hasRegionFormat', () => {
  it('accepts every offered region', () => {
    for (const used of [[], ['cn-north-1'], ['us-gov-east-1']]) {
      for (const region of getOfferedRegions(used)) assert(hasRegionFormat(region), region);
    }
  });

  it('rejects other texts', () => {
    for (const text of ['us-east', 'us east 1', 'US-EAST-1', '']) assert(!hasRegionFormat(text), text);
  });
});
