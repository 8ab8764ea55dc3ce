import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import { mergeByCause } from '../../../src/compliance/mergeErrors.ts';
import { describeError } from '../../../src/compliance/text/errorMessages.ts';

const scores = { operation: 'ListConformancePackComplianceScores' } as const;
const statuses = { operation: 'DescribeConformancePackStatus' } as const;

const toTexts = (errors: readonly ComplianceError[]) =>
  mergeByCause(errors).map((error) => describeError(error).fullText);

describe('mergeByCause', () => {
  it('joins errors of one cause, in whatever words a service reports them', () => {
    const errors = [
      new ComplianceError('expired', 'Token is expired', { ...scores, service: 'config', status: 400 }),
      new ComplianceError('expired', 'The SSO session has expired', {
        service: 'sso',
        status: 401,
        errorName: 'Unauthorized',
      }),
    ];
    assert.deepEqual(toTexts(errors), ['Your AWS session has expired. Sign in again (aws sso login), then retry.']);
  });

  it('names all that could not be read', () => {
    const errors = [
      new ComplianceError('throttled', 'Rate exceeded', { ...scores, requestId: '1' }),
      new ComplianceError('throttled', 'Slow down', { ...statuses, requestId: '2' }),
    ];
    const [text, ...others] = toTexts(errors);
    assert.match(text ?? '', /^Could not read scores, deployment status: /);
    assert.deepEqual(others, []);
  });

  it('keeps errors apart that need different permissions or have different subjects', () => {
    const denied = (details: object) => new ComplianceError('denied', 'User is not authorized', details);
    assert.equal(
      toTexts([denied({ ...scores, permission: 'config:A' }), denied({ ...statuses, permission: 'config:B' })]).length,
      2,
    );
    const unreadable = (subject: string) => new ComplianceError('unreadable', 'No list', { subject });
    assert.equal(toTexts([unreadable('scores'), unreadable('rules')]).length, 2);
  });
});
