import assert from 'node:assert/strict';
import { type CommandArguments, parseArguments } from '../../../src/views/shared/commandArguments.ts';

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
  'since',
  'template',
  'rules',
  'failingOnly',
  'rule',
  'resource',
] as const;

describe('parseArguments', () => {
  it('returns undefined without arguments and for a tree node', () => {
    for (const value of [undefined, null, { kind: 'pack', id: 'a' }]) {
      assert.equal(parseArguments(value, ['name']), undefined);
    }
  });

  it('returns valid arguments unchanged', () => {
    const all: CommandArguments = {
      name: 'soc-2',
      account: '111122223333',
      region: 'us-east-1',
      aggregator: 'organization',
      scope: { account: '111122223333', region: 'us-east-1' },
      below: 80,
      limit: 5,
      profile: 'audit',
      connections: [{ profile: 'audit', regions: ['us-east-1'] }, {}],
      since: 'yesterday',
      template: true,
      rules: ['s3-bucket-logging-enabled'],
      failingOnly: true,
      rule: 's3-bucket-ssl-requests-only-conformance-pack-172lcbx9s',
      resource: { type: 'AWS::S3::Bucket', id: 'a-bucket' },
    };
    assert.deepEqual(parseArguments(all, keys), all);
    assert.deepEqual(parseArguments({}, ['name']), {});
  });

  const invalid: readonly (readonly [unknown, RegExp])[] = [
    ['soc-2', /Specify an object with any of name, account/],
    [{ pack: 'soc-2' }, /Unknown argument “pack”\. Specify any of name, account/],
    [{ name: '$(x)' }, /name: Enter a pack name/],
    [{ account: 111122223333 }, /account: Enter a 12-digit account ID/],
    [{ since: '18 Nov' }, /since: Enter lastVisit, yesterday, week, or a date/],
    [{ since: '2026-02-31' }, /since: Enter/],
    [{ region: 'US' }, /region: Enter a region/],
    [{ aggregator: '' }, /aggregator: Enter/],
    [{ scope: '111122223333' }, /scope: Specify an account and a region/],
    [{ scope: { account: '1111' } }, /scope: Enter a 12-digit account ID/],
    [
      { scope: { account: '111122223333', region: 'us-east-1', profile: 'x' } },
      /scope: Specify an account and a region/,
    ],
    [{ rule: ' ' }, /rule: Enter the name of a rule/],
    [{ rule: 'r'.repeat(129) }, /rule: Enter the name of a rule/],
    [{ resource: 'a-bucket' }, /resource: Specify a type and an id/],
    [{ resource: { type: 'a', id: 'b', other: 1 } }, /resource: Specify a type and an id/],
    [{ below: 101 }, /below: Enter a number/],
    [{ template: 'a.yaml' }, /template: Specify true or false/],
    [{ limit: 0 }, /limit: Enter a whole number/],
    [{ rules: [] }, /rules: Specify a list/],
    [{ rules: 'all' }, /rules: Specify a list/],
    [{ failingOnly: 'yes' }, /failingOnly: Specify true or false/],
    [{ profile: 7 }, /profile: Enter the name of a profile/],
    [{ connections: [{ endpoint: 'http://localhost' }] }, /connections: Specify a list/],
    [{ connections: [{ regions: ['../'] }] }, /connections: Specify a list/],
  ];
  for (const [value, message] of invalid) {
    it(`rejects ${JSON.stringify(value)}`, () => {
      assert.throws(() => parseArguments(value, keys), message);
    });
  }
});
