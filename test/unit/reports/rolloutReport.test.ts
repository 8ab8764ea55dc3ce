import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import { joinRollouts } from '../../../src/compliance/queries/rollout.ts';
import type { ScopedRollout } from '../../../src/compliance/queries/rolloutReader.ts';
import { formatRolloutReport } from '../../../src/reports/rolloutReport.ts';
import { assertGolden } from '../../support/golden.ts';
import { anyHostileText } from '../../support/hostileText.ts';

const readAt = Date.UTC(2026, 0, 15, 12);

/** A pack with an account that failed, one that is done, one that is done although excluded, and one that is excluded. */
function createRollout(text: string, isComplete = true): ScopedRollout {
  const error = { errorCode: text, reason: text };
  const done = { state: 'CREATE_SUCCESSFUL', errorCode: undefined, reason: undefined, updatedAt: readAt };
  const rows = [
    { account: '111122223333', deployedName: 'OrgConformsPack-a-01234567', ...done },
    { account: '222233334444', deployedName: 'OrgConformsPack-a-01234567', ...done },
    { account: '444455556666', deployedName: undefined, state: 'CREATE_FAILED', updatedAt: undefined, ...error },
  ];
  const [rollout] = joinRollouts({
    packs: [{ name: 'a', arn: undefined, excludedAccounts: ['222233334444', '777788889999'], updatedAt: undefined }],
    statuses: [{ pack: 'a', state: 'CREATE_SUCCESSFUL', updatedAt: undefined, ...error }],
    accounts: new Map([['a', { rows, isComplete }]]),
  });
  assert(rollout);
  const scope = { account: '318604927715', partition: 'aws', region: 'us-east-1' };
  return { connection: {}, scope, rollout, readAt };
}

describe('formatRolloutReport', () => {
  const names = new Map([['777788889999', 'sandbox | old']]);

  it('lists the accounts of a pack worst first, and those that are excluded', () => {
    const report = formatRolloutReport(createRollout('No recorder'), [], names);
    assertGolden(import.meta.url, 'rollout.md', report);
  });

  it('names what could not be read', () => {
    const error = new ComplianceError('throttled', 'Rate exceeded');
    const failures = [{ connection: {}, what: 'the rollout to accounts', error }];
    assertGolden(
      import.meta.url,
      'rollout-partial.md',
      formatRolloutReport(createRollout('No recorder', false), failures, names),
    );
  });

  it('keeps one line per account, whatever AWS writes', () =>
    fc.assert(
      fc.property(anyHostileText, (text) => {
        const lines = formatRolloutReport(createRollout(text), [], new Map([['111122223333', text]])).split('\n');
        const rows = lines.filter((line) => line.startsWith('|'));
        assert.equal(rows.length, 2 + 4);
        for (const row of rows) assert.equal(row.match(/(?<!\\)\|/g)?.length, 8, row);
        assert.equal(lines.filter((line) => line.startsWith('- ')).length, 9);
      }),
    ));
});
