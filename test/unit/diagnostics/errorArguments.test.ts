import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import { formatPolicy } from '../../../src/compliance/text/policy.ts';
import { collectActions, parseAction } from '../../../src/views/diagnostics/errorArguments.ts';

const denied = (permission: string) => new ComplianceError('denied', 'No.', { permission });
const scores = 'config:ListConformancePackComplianceScores';
const status = 'config:DescribeConformancePackStatus';

describe('parseAction', () => {
  it('returns the action of an error’s tree node', () => {
    const node = { kind: 'error', id: 'x', error: denied(scores), connection: {}, lists: [] };
    assert.deepEqual(parseAction('copyPolicy', node), { kind: 'copyPolicy', permissions: [scores] });
    assert.equal(parseAction('openFile', node), undefined);
    assert.equal(parseAction('copyPolicy', { kind: 'loading', id: 'x' }), undefined);
  });

  it('returns what an argument object specifies', () => {
    assert.deepEqual(parseAction('openFile', { file: '/home/me/.aws/config', line: 3 }), {
      kind: 'openFile',
      file: '/home/me/.aws/config',
      line: 3,
    });
    assert.equal(parseAction('openSetting', { setting: 'http.proxy' })?.setting, 'http.proxy');
  });

  it('throws for invalid arguments', () => {
    for (const args of [
      {},
      { file: 'config', line: 1 },
      { file: '/config', line: 0 },
      { file: '/config', line: '1' },
      3,
    ])
      assert.throws(() => parseAction('openFile', args), /absolute path/);
    for (const args of [{}, { setting: 'a b' }]) assert.throws(() => parseAction('openSetting', args), /full name/);
    for (const permissions of [undefined, [], [1], ['config:*"'], ['x']])
      assert.throws(() => parseAction('copyPolicy', { permissions }), /IAM actions/);
  });
});

describe('collectActions', () => {
  it('returns each different action once', () => {
    const actions = collectActions('copyPolicy', [denied(scores), denied(status), denied(scores)]);
    assert.deepEqual(
      actions.flatMap(({ permissions }) => permissions),
      [scores, status],
    );
  });
});

describe('formatPolicy', () => {
  it('allows the missing actions and nothing else', () => {
    assert.deepEqual(JSON.parse(formatPolicy([scores, status])), {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: [status, scores], Resource: '*' }],
    });
  });
});
