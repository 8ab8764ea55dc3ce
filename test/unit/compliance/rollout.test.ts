import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AccountRollout } from '../../../src/compliance/organizationModel.ts';
import { type Contradiction, joinRollouts, type PackRollout } from '../../../src/compliance/queries/rollout.ts';
import {
  formatContradiction,
  formatExcludedCount,
  formatOverallState,
  formatRolloutCounts,
} from '../../../src/compliance/text/rolloutText.ts';
import { assertGolden } from '../../support/golden.ts';

const createState = (state: string) => ({ state, errorCode: undefined, reason: undefined, updatedAt: undefined });
const createAccount = (state: string, number: number): AccountRollout => ({
  account: `${number}`.padStart(12, '0'),
  deployedName: 'OrgConformsPack-a-01234567',
  ...createState(state),
});

/** Joins one pack. `overall` is undefined if its overall state has not been read. */
function join(overall: string | undefined, states: readonly string[], isComplete = true): PackRollout {
  const [rollout] = joinRollouts({
    packs: [{ name: 'a', arn: undefined, excludedAccounts: [], updatedAt: undefined }],
    statuses: overall === undefined ? [] : [{ pack: 'a', ...createState(overall) }],
    accounts: new Map([['a', { rows: states.map(createAccount), isComplete }]]),
  });
  assert(rollout);
  return rollout;
}

const done = ['CREATE_SUCCESSFUL', 'UPDATE_SUCCESSFUL', 'CREATE_SUCCESSFUL'];

describe('joinRollouts', () => {
  const cases: readonly (readonly [string, readonly string[], Contradiction | undefined])[] = [
    ['CREATE_IN_PROGRESS', done, 'inProgressAlthoughDone'],
    ['UPDATE_IN_PROGRESS', done, 'inProgressAlthoughDone'],
    ['DELETE_IN_PROGRESS', ['DELETE_SUCCESSFUL', 'DELETE_SUCCESSFUL'], 'inProgressAlthoughDone'],
    ['CREATE_IN_PROGRESS', [...done, 'CREATE_FAILED'], 'inProgressAlthoughEnded'],
    ['CREATE_IN_PROGRESS', [...done, 'CREATE_IN_PROGRESS'], undefined],
    ['CREATE_IN_PROGRESS', [...done, 'PAUSED'], undefined],
    ['CREATE_IN_PROGRESS', [], undefined],
    // The accounts have not started to delete the pack.
    ['DELETE_IN_PROGRESS', done, undefined],
    ['CREATE_SUCCESSFUL', [...done, 'UPDATE_FAILED'], 'successfulAlthoughFailed'],
    ['CREATE_SUCCESSFUL', done, undefined],
    ['CREATE_FAILED', done, 'failedAlthoughNoneFailed'],
    ['CREATE_FAILED', [...done, 'CREATE_FAILED'], undefined],
    ['CREATE_FAILED', [...done, 'CREATE_IN_PROGRESS'], undefined],
    ['PAUSED', done, undefined],
  ];
  for (const [overall, states, expected] of cases) {
    it(`finds ${expected ?? 'no contradiction'} for ${overall} with ${states.join(', ') || 'no account'}`, () =>
      assert.equal(join(overall, states).contradiction, expected));
  }

  it('finds no contradiction that accounts which have not been read could resolve', () => {
    for (const [overall, states, expected] of cases) {
      const isCertain = expected === 'successfulAlthoughFailed';
      assert.equal(join(overall, states, false).contradiction, isCertain ? expected : undefined);
    }
  });

  it('sorts accounts worst first and counts each once', () => {
    const states = ['CREATE_SUCCESSFUL', 'DELETE_IN_PROGRESS', 'PAUSED', 'UPDATE_FAILED', 'CREATE_SUCCESSFUL'];
    const rollout = join('CREATE_FAILED', states);
    assert.deepEqual(
      rollout.accounts.map(({ state }) => state),
      ['UPDATE_FAILED', 'PAUSED', 'DELETE_IN_PROGRESS', 'CREATE_SUCCESSFUL', 'CREATE_SUCCESSFUL'],
    );
    assert.deepEqual(rollout.counts, { failed: 1, unknown: 1, inProgress: 1, deleted: 0, done: 2 });
    const [again] = joinRollouts({
      packs: [],
      statuses: [{ pack: 'a', ...createState('CREATE_FAILED') }],
      accounts: new Map([
        ['a', { rows: [createAccount(done[0] ?? '', 1), createAccount('DELETE_FAILED', 1)], isComplete: true }],
      ]),
    });
    assert.deepEqual(again?.counts, { failed: 1, unknown: 0, inProgress: 0, deleted: 0, done: 0 });
  });

  it('joins whatever has been read, and never claims more', () => {
    const state = fc.constantFrom(
      'CREATE_SUCCESSFUL',
      'CREATE_FAILED',
      'UPDATE_IN_PROGRESS',
      'DELETE_SUCCESSFUL',
      'PAUSED',
      '',
    );
    const name = fc.constantFrom<string>('a', 'b', 'constructor', '__proto__');
    const rows = fc.array(state, { maxLength: 6 }).map((states) => states.map(createAccount));
    const account = fc.tuple(name, fc.record({ rows, isComplete: fc.boolean() }));
    const property = fc.property(
      fc.uniqueArray(name),
      fc.uniqueArray(fc.tuple(name, state), { selector: ([pack]) => pack }),
      fc.array(account),
      (packs, statuses, accounts) => {
        const read = new Map(accounts);
        const rollouts = joinRollouts({
          packs: packs.map((each) => ({ name: each, arn: undefined, excludedAccounts: [], updatedAt: undefined })),
          statuses: statuses.map(([pack, overall]) => ({ pack, ...createState(overall) })),
          accounts: read,
        });
        const known = new Set([...packs, ...statuses.map(([pack]) => pack)]);
        assert.deepEqual(rollouts.map(({ pack }) => pack).sort(), [...known].sort());
        for (const rollout of rollouts) {
          assert.equal(rollout.accounts.length, read.get(rollout.pack)?.rows.length ?? 0);
          assert.equal(rollout.isComplete, read.get(rollout.pack)?.isComplete ?? false);
          assert.equal(rollout.excludedAccounts !== undefined, packs.includes(rollout.pack));
          if (/although (all|its|none|no )/.test(formatContradiction(rollout) ?? '')) assert(rollout.isComplete);
        }
        // A pack with a failure never comes after one without.
        const hasFailed = rollouts.map(
          ({ status, counts }) => counts.failed > 0 || status?.state.endsWith('_FAILED') === true,
        );
        assert.deepEqual(
          hasFailed,
          hasFailed.toSorted((a, b) => Number(b) - Number(a)),
        );
      },
    );
    fc.assert(property);
  });

  it('is described by its states and counts', () => {
    const rollouts = [
      join('CREATE_SUCCESSFUL', done),
      join('CREATE_IN_PROGRESS', done),
      join('CREATE_IN_PROGRESS', done.slice(0, 1)),
      join('CREATE_IN_PROGRESS', [...done, 'CREATE_FAILED']),
      join('CREATE_IN_PROGRESS', [...done, 'CREATE_IN_PROGRESS', 'PAUSED']),
      join('CREATE_SUCCESSFUL', [...done, 'UPDATE_FAILED']),
      join('CREATE_SUCCESSFUL', [...done, 'UPDATE_FAILED'], false),
      join('CREATE_SUCCESSFUL', [...done, 'DELETE_SUCCESSFUL']),
      join('DELETE_IN_PROGRESS', ['DELETE_SUCCESSFUL', 'DELETE_SUCCESSFUL']),
      join('CREATE_FAILED', done),
      join('CREATE_FAILED', done, false),
      join('CREATE_IN_PROGRESS', []),
      join('CREATE_IN_PROGRESS', [], false),
      join('PAUSED', ['CREATE_SUCCESSFUL']),
      join('UNKNOWN', ['CREATE_SUCCESSFUL']),
      join(undefined, done),
      { ...join('CREATE_SUCCESSFUL', done), excludedAccounts: ['111122223333'] },
      { ...join('CREATE_SUCCESSFUL', done), excludedAccounts: undefined },
    ];
    const lines = rollouts.map((rollout) =>
      [formatOverallState, formatRolloutCounts, formatExcludedCount, formatContradiction]
        .flatMap((format) => format(rollout) ?? [])
        .join(' · '),
    );
    assertGolden(import.meta.url, 'rollout.txt', `${lines.join('\n')}\n`);
  });
});
