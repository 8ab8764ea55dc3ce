import assert from 'node:assert/strict';
import { parseArguments } from '../../../src/views/shared/commandArguments.ts';

describe('the argument of a command', () => {
  it('is none where nothing, or a node of the tree, is given', () => {
    for (const none of [undefined, null, { kind: 'pack', id: 'a' }])
      assert.equal(parseArguments(none, ['name']), undefined);
  });

  it('is taken as it is where it is right', () => {
    const all = {
      name: 'soc-2',
      account: '111122223333',
      region: 'us-east-1',
      aggregator: 'organization',
      scope: { account: '111122223333', region: 'us-east-1' },
      below: 80,
      limit: 5,
      profile: 'audit',
      connections: [{ profile: 'audit', regions: ['us-east-1'] }, {}],
    };
    assert.deepEqual(parseArguments(all, Object.keys(all) as (keyof typeof all)[]), all);
    assert.deepEqual(parseArguments({}, ['name']), {});
  });

  const wrong: readonly [unknown, RegExp][] = [
    ['soc-2', /Give one object/],
    [{ pack: 'soc-2' }, /There is no “pack” here: give name, account/],
    [{ name: '$(x)' }, /name: Give a pack’s name/],
    [{ account: 111122223333 }, /account: Give an account id/],
    [{ region: 'US' }, /region: Give a region/],
    [{ aggregator: '' }, /aggregator: Give/],
    [{ scope: '111122223333' }, /scope: Give an account and a region/],
    [{ scope: { account: '1111' } }, /scope: Give an account id/],
    [{ scope: { account: '111122223333', region: 'us-east-1', profile: 'x' } }, /scope: Give an account and a region/],
    [{ below: 101 }, /below: Give a number/],
    [{ limit: 0 }, /limit: Give a whole number/],
    [{ profile: 7 }, /profile: Give a profile/],
    [{ connections: [{ endpoint: 'http://localhost' }] }, /connections: Give a list/],
    [{ connections: [{ regions: ['../'] }] }, /connections: Give a list/],
  ];
  for (const [given, expected] of wrong) {
    it(`is refused where it is ${JSON.stringify(given)}`, () => {
      const keys = [
        'name',
        'account',
        'region',
        'aggregator',
        'scope',
        'below',
        'limit',
        'profile',
        'connections',
      ] as const;
      assert.throws(() => parseArguments(given, keys), expected);
    });
  }
});
