import assert from 'node:assert/strict';
import { defaultCredentials, getRegions, updateEntries } from '../../../src/views/connections/settingEntries.ts';

const entries = [
  { profile: 'a', regions: ['us-east-1'] },
  { regions: ['eu-west-1'] },
  { profile: 'gone' },
  'what is this',
  { profile: 'b', regions: ['eu-central-1'] },
];
const offered = { profiles: ['a', 'b', 'c'], regions: ['us-east-1', 'eu-central-1'] };

describe('updateEntries', () => {
  it('keeps entries that were not offered, and unchanged regions', () => {
    const updated = updateEntries(entries, offered, { profiles: ['b', 'a'], regions: ['eu-central-1', 'us-east-1'] });
    assert.deepEqual(updated, entries);
  });

  it('removes and adds profiles', () => {
    const updated = updateEntries(entries, { ...offered, regions: [] }, { profiles: ['b', 'c'], regions: [] });
    assert.deepEqual(updated, [...entries.slice(1), { profile: 'c' }]);
  });

  it('sets the picked regions', () => {
    const updated = updateEntries(entries, offered, { profiles: ['a', 'c'], regions: ['us-west-2'] });
    assert.deepEqual(updated, [
      { profile: 'a', regions: ['us-west-2'] },
      ...entries.slice(1, 4),
      { profile: 'c', regions: ['us-west-2'] },
    ]);
    const withoutRegions = updateEntries(entries, offered, { profiles: ['a'], regions: [] });
    assert.deepEqual(withoutRegions[0], { profile: 'a' });
  });

  it('changes the default credentials only if they were offered', () => {
    const choice = { profiles: [defaultCredentials], regions: ['us-west-2'] };
    const withDefault = { ...offered, profiles: [defaultCredentials, ...offered.profiles] };
    assert.deepEqual(updateEntries([], withDefault, choice), [{ regions: ['us-west-2'] }]);
    assert.deepEqual(updateEntries([], withDefault, { ...choice, regions: [] }), []);
    assert.deepEqual(updateEntries(entries, withDefault, choice), [
      { regions: ['us-west-2'] },
      { profile: 'gone' },
      'what is this',
    ]);
    const unknown = { profile: 1, regions: ['us-west-2'] };
    assert.deepEqual(updateEntries([unknown, { endpoint: 'x' }], withDefault, { profiles: ['a'], regions: [] }), [
      unknown,
      { endpoint: 'x' },
      { profile: 'a' },
    ]);
  });
});

describe('getRegions', () => {
  it('returns the distinct regions of valid entries', () => {
    assert.deepEqual(getRegions([...entries, null, { regions: [1, '', 'us-east-1'] }]), [
      'us-east-1',
      'eu-west-1',
      'eu-central-1',
    ]);
  });
});
