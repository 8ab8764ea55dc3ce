import assert from 'node:assert/strict';
import { ComplianceError, type ErrorDetails, type ErrorKind } from '../../../src/compliance/errors.ts';
import { describeError } from '../../../src/compliance/text/errorMessages.ts';
import { assertGolden } from '../../support/golden.ts';

const region = 'eu-south-2';
const permission = 'config:DescribeConformancePackStatus';
const requestId = '5c0b9f6e-0000-4000-8000-000000000000';

/** Every kind, with the details that change its texts. */
const cases: Readonly<Record<ErrorKind, readonly ErrorDetails[]>> = {
  signedOut: [{}],
  expired: [{}],
  accountChanged: [{}],
  accountMismatch: [{}],
  denied: [
    {},
    { permission },
    { permission, denial: 'explicit' },
    { permission, denial: 'explicit', policy: 'identity-based policy' },
    { permission, denial: 'implicit', policy: 'service control policy' },
  ],
  noRegion: [{}],
  credentialsRejected: [{ region }],
  credentialsOrRegionRejected: [{ region }],
  regionDisabled: [{ region, account: '318604927715' }],
  notSetUp: [{}],
  aggregatorNotFound: [{}],
  packNotFound: [{}],
  staleCursor: [{}],
  throttled: [{}],
  network: [
    {},
    { networkCause: 'proxy' },
    { networkCause: 'proxy', proxy: 'office.example:3128' },
    { networkCause: 'certificate' },
    { networkCause: 'host' },
    { networkCause: 'timeout' },
  ],
  cancelled: [{}],
  unknown: [{}, { requestId }],
};

describe('describeError', () => {
  it('has a title, advice and actions for each kind', () => {
    const blocks = Object.entries(cases).flatMap(([kind, all]) =>
      all.map((details) => {
        const { title, advice, actions } = describeError(new ComplianceError(kind as ErrorKind, 'message', details));
        const listed = Object.entries(details).map(([name, value]) => ` · ${name} ${value}`);
        return `${kind}${listed.join('')}\n  ${title}\n  ${advice}\n  ${actions.join(', ')}\n`;
      }),
    );
    assertGolden(import.meta.url, 'errors.txt', blocks.join('\n'));
  });

  it('joins title and advice as sentences', () => {
    const { title, advice, text } = describeError(new ComplianceError('throttled', 'Rate exceeded'));
    assert.equal(text, `${title}. ${advice}`);
  });

  it('names the profile of a connection that needs a sign-in', () => {
    const titleOf = (kind: ErrorKind) => describeError(new ComplianceError(kind, ''), { profile: 'audit' }).title;
    assert.equal(titleOf('expired'), 'Your session for profile “audit” has expired');
    assert.equal(titleOf('signedOut'), 'Not signed in with profile “audit”');
  });
});
