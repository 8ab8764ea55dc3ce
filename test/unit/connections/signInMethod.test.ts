import assert from 'node:assert/strict';
import type { Profile } from '../../../src/compliance/source.ts';
import { signInWay } from '../../../src/views/connections/signInMethod.ts';

const profile = (kind: Profile['kind'], rest: Partial<Profile> = {}): Profile => ({
  name: 'work',
  region: undefined,
  kind,
  source: 'work',
  mfa: false,
  ...rest,
});

describe('the way to sign in', () => {
  it('is the AWS CLI’s, for the profile where a role begins', () => {
    const role = { source: 'person', mfa: true };
    const login = { by: 'command', args: ['sso', 'login', '--profile', 'person'] };
    assert.deepEqual(signInWay('work', profile('sso', role)), login);
    assert.deepEqual(signInWay('work', profile('login')), { by: 'command', args: ['login', '--profile', 'work'] });
  });

  it('is to be asked for a code again', () => {
    assert.deepEqual(signInWay('work', profile('keys', { source: 'person', mfa: true })), { by: 'asking' });
  });

  const told: readonly (readonly [string, Profile | undefined, RegExp])[] = [
    ['keys', profile('keys', { source: 'person' }), /“aws configure --profile person”/],
    ['a process', profile('process', { source: 'person' }), /“person” has its credentials from a credential_process/],
    ['nothing', profile('other'), /“work” has no credentials of its own.*“aws configure sso --profile work”/],
    ['no profile', undefined, /no profile “work”.*start VS Code with the environment set/],
  ];
  for (const [what, found, words] of told) {
    it(`is told a person who has ${what}`, () => {
      const way = signInWay('work', found);
      assert(way.by === 'person');
      assert.match(way.words, words);
    });
  }
});
