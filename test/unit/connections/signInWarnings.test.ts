import assert from 'node:assert/strict';
import { ComplianceError, type ErrorKind } from '../../../src/compliance/errors.ts';
import { type SignInState, SignInWarnings } from '../../../src/views/connections/signInWarnings.ts';

const signedOut = (profile: string, kind: ErrorKind, region = 'us-east-1'): SignInState => ({
  connection: { profile, region },
  signedOutError: new ComplianceError(kind, 'The cause.'),
  isSignedIn: false,
});
const signedIn = (profile: string, region = 'us-east-1'): SignInState => ({
  connection: { profile, region },
  signedOutError: undefined,
  isSignedIn: true,
});
const loading = (profile: string): SignInState => ({ ...signedIn(profile), isSignedIn: false });

describe('SignInWarnings', () => {
  let warnings: SignInWarnings;
  beforeEach(() => {
    warnings = new SignInWarnings();
  });
  const update = (...states: readonly SignInState[]) => warnings.update(states).map(({ message }) => message);

  it('has no warning while connections are signed in or loading', () => {
    assert.deepEqual(update(signedIn('a'), loading('b')), []);
  });

  it('names the profile and the cause', () => {
    const defaultCredentials = { ...signedOut('', 'expired'), connection: {} };
    assert.deepEqual(update(signedOut('a', 'expired'), signedOut('b', 'signedOut'), defaultCredentials), [
      'Your session for profile “a” has expired.',
      'Not signed in with profile “b”. The cause.',
      'Your AWS session has expired.',
    ]);
  });

  it('warns once while retries fail for the same cause', () => {
    assert.equal(update(signedOut('a', 'expired')).length, 1);
    assert.deepEqual(update(signedOut('a', 'expired')), []);
    assert.deepEqual(update(loading('a')), []);
    assert.deepEqual(update(signedOut('a', 'expired')), []);
  });

  it('warns again for another cause, and after a sign-in', () => {
    update(signedOut('a', 'expired'));
    assert.equal(update(signedOut('a', 'signedOut')).length, 1);
    assert.deepEqual(update(signedIn('a')), []);
    assert.equal(update(signedOut('a', 'signedOut')).length, 1);
  });

  it('warns once for all regions of a profile', () => {
    assert.equal(update(signedOut('a', 'expired'), signedOut('a', 'expired', 'eu-central-1')).length, 1);
    assert.deepEqual(update(signedIn('a'), signedOut('a', 'expired', 'eu-central-1')), []);
    assert.deepEqual(update(signedOut('a', 'expired'), signedOut('a', 'expired', 'eu-central-1')), []);
  });
});
