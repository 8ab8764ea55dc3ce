import assert from 'node:assert/strict';
import { ComplianceError, type ErrorKind } from '../../../src/compliance/errors.ts';
import { Notices, type Standing } from '../../../src/views/connections/signInWarnings.ts';

const out = (profile: string, kind: ErrorKind, region = 'us-east-1'): Standing => ({
  connection: { profile, region },
  signedOut: new ComplianceError(kind, 'Its own words.'),
  signedIn: false,
});
const signedIn = (profile: string, region = 'us-east-1'): Standing => ({
  connection: { profile, region },
  signedOut: undefined,
  signedIn: true,
});
const loading = (profile: string): Standing => ({ ...signedIn(profile), signedIn: false });

describe('what a person is told of sign-ins', () => {
  let notices: Notices;
  beforeEach(() => {
    notices = new Notices();
  });
  const told = (...standings: readonly Standing[]) => notices.next(standings).map(({ words }) => words);

  it('is nothing while all is well', () => {
    assert.deepEqual(told(signedIn('a'), loading('b')), []);
  });

  it('is which profile it is, and why', () => {
    const default_ = { ...out('', 'expired'), connection: {} };
    assert.deepEqual(told(out('a', 'expired'), out('b', 'signedOut'), default_), [
      'The sign-in of profile “a” has expired.',
      'Not signed in with profile “b”. Its own words.',
      'The sign-in of the default credentials has expired.',
    ]);
  });

  it('is said once, whatever is tried meanwhile', () => {
    assert.equal(told(out('a', 'expired')).length, 1);
    assert.deepEqual(told(out('a', 'expired')), []);
    assert.deepEqual(told(loading('a')), []);
    assert.deepEqual(told(out('a', 'expired')), []);
  });

  it('is said again for another cause, and after a sign-in', () => {
    told(out('a', 'expired'));
    assert.equal(told(out('a', 'signedOut')).length, 1);
    assert.deepEqual(told(signedIn('a')), []);
    assert.equal(told(out('a', 'signedOut')).length, 1);
  });

  it('is said once for all regions of a profile', () => {
    assert.equal(told(out('a', 'expired'), out('a', 'expired', 'eu-central-1')).length, 1);
    assert.deepEqual(told(signedIn('a'), out('a', 'expired', 'eu-central-1')), []);
    assert.deepEqual(told(out('a', 'expired'), out('a', 'expired', 'eu-central-1')), []);
  });
});
