import assert from 'node:assert/strict';
import { isRegion, regionsToOffer } from '../../../src/views/connections/regions.ts';
import { entriesAfter, regionsOf } from '../../../src/views/connections/settingEntries.ts';

const entries = [
  { profile: 'a', regions: ['us-east-1'] },
  { regions: ['eu-west-1'] },
  { profile: 'gone' },
  'what is this',
  { profile: 'b', regions: ['eu-central-1'] },
];
const offered = { profiles: ['a', 'b', 'c'], regions: ['us-east-1', 'eu-central-1'] };

describe('the connections after a pick', () => {
  it('keep what was not on offer, and the regions that nobody changed', () => {
    const after = entriesAfter(entries, offered, { profiles: ['b', 'a'], regions: ['eu-central-1', 'us-east-1'] });
    assert.deepEqual(after, entries);
  });

  it('lose what was taken away, and gain what was added', () => {
    const after = entriesAfter(entries, { ...offered, regions: [] }, { profiles: ['b', 'c'], regions: [] });
    assert.deepEqual(after, [...entries.slice(1), { profile: 'c' }]);
  });

  it('have the regions that the person picked', () => {
    const after = entriesAfter(entries, offered, { profiles: ['a', 'c'], regions: ['us-west-2'] });
    assert.deepEqual(after, [
      { profile: 'a', regions: ['us-west-2'] },
      ...entries.slice(1, 4),
      { profile: 'c', regions: ['us-west-2'] },
    ]);
    const none = entriesAfter(entries, offered, { profiles: ['a'], regions: [] });
    assert.deepEqual(none[0], { profile: 'a' });
  });
});

describe('the regions on offer', () => {
  it('are those of the setting, whatever else stands there', () => {
    assert.deepEqual(regionsOf([...entries, null, { regions: [1, '', 'us-east-1'] }]), [
      'us-east-1',
      'eu-west-1',
      'eu-central-1',
    ]);
  });

  it('are those in use, and the others of their partition', () => {
    const [first, ...others] = regionsToOffer(['eu-west-1']);
    assert.equal(first, 'eu-west-1');
    assert(others.includes('us-east-1') && !others.includes('eu-west-1') && !others.includes('cn-north-1'));
    assert.deepEqual(regionsToOffer(['cn-north-1']), ['cn-north-1', 'cn-northwest-1']);
    assert(regionsToOffer([]).includes('ap-southeast-2'));
  });

  it('have names of one form', () => {
    for (const region of ['cn-north-1', 'us-gov-east-1'].flatMap((used) => regionsToOffer([used]))) {
      assert(isRegion(region), region);
    }
    for (const region of regionsToOffer([])) assert(isRegion(region), region);
    for (const text of ['us-east', 'us east 1', 'US-EAST-1', '']) assert(!isRegion(text), text);
  });
});
