import assert from 'node:assert/strict';
import type { Profile } from '../../../src/compliance/source.ts';
import { getSignInMethod } from '../../../src/views/connections/signInMethod.ts';

const profile = (kind: Profile['kind'], rest: Partial<Profile> = {}): Profile => ({
  name: 'work',
  region: undefined,
  kind,
  source: 'work',
  requiresMfa: false,
  ...rest,
});

describe('getSignInMethod', () => {
  it('returns the AWS CLI command for the source profile of a role', () => {
    const role = { source: 'person', requiresMfa: true };
    const ssoLogin = { kind: 'command', args: ['sso', 'login', '--profile', 'person'] };
    assert.deepEqual(getSignInMethod('work', profile('sso', role)), ssoLogin);
    const login = { kind: 'command', args: ['login', '--profile', 'work'] };
    assert.deepEqual(getSignInMethod('work', profile('login')), login);
  });

  it('returns an MFA prompt for a profile with an MFA device', () => {
    const method = getSignInMethod('work', profile('keys', { source: 'person', requiresMfa: true }));
    assert.deepEqual(method, { kind: 'mfaPrompt' });
  });

  const instructions: readonly (readonly [string, Profile | undefined, RegExp])[] = [
    ['access keys', profile('keys', { source: 'person' }), /“aws configure --profile person”/],
    ['a process', profile('process', { source: 'person' }), /“person” gets its credentials from a credential_process/],
    ['no credentials', profile('other'), /“work” has no credentials of its own.*“aws configure sso --profile work”/],
    ['a missing profile', undefined, /no profile “work”.*no valid credentials in the environment.*start VS Code/],
  ];
  for (const [name, value, message] of instructions) {
    it(`returns instructions for ${name}`, () => {
      const method = getSignInMethod('work', value);
      assert(method.kind === 'manual');
      assert.match(method.message, message);
    });
  }
});
