import assert from 'node:assert/strict';
import fc from 'fast-check';
import { getPackKey } from '../../../src/compliance/model.ts';
import {
  findChanges,
  type PackState,
  type PackStates,
  toPackStates,
} from '../../../src/compliance/queries/packChanges.ts';

const scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const createState = (percent: number | undefined, state = 'CREATE_COMPLETE', id = 'id-1'): PackState => ({
  scope,
  name: 'baseline',
  id,
  percent,
  state,
});
const byKey = (packs: readonly PackState[]): PackStates =>
  new Map(packs.map((state) => [getPackKey(state.scope, state.name), state]));
const findBetween = (before: PackState, after: PackState, target = 90) =>
  findChanges(byKey([before]), byKey([after]), target);
const noChanges = { dropped: [], failed: [] };

describe('findChanges', () => {
  it('finds a score that fell below the target', () => {
    const after = createState(88.4);
    assert.deepEqual(findBetween(createState(93.1), after), {
      dropped: [{ pack: after, from: 93.1, to: 88.4 }],
      failed: [],
    });
    assert.equal(findBetween(createState(90), after).dropped.length, 1);
  });

  it('finds a deployment that has failed since', () => {
    for (const state of ['CREATE_FAILED', 'DELETE_FAILED', 'UPDATE_FAILED']) {
      const after = createState(95, state);
      assert.deepEqual(findBetween(createState(95), after), { dropped: [], failed: [after] });
    }
  });

  const ignored: Record<string, readonly [PackState, PackState]> = {
    'a score that was already below': [createState(80), createState(70)],
    'a score that stays above': [createState(99), createState(90)],
    'a score that rises': [createState(80), createState(95)],
    'a score that disappears': [createState(95), createState(undefined)],
    'a score that appears': [createState(undefined), createState(10)],
    'a failure that persists': [createState(95, 'CREATE_FAILED'), createState(95, 'DELETE_FAILED')],
    'another pack of the same name': [createState(95), createState(10, 'CREATE_FAILED', 'id-2')],
  };
  for (const [change, [before, after]] of Object.entries(ignored)) {
    it(`ignores ${change}`, () => assert.deepEqual(findBetween(before, after), noChanges));
  }

  it('ignores packs without an earlier state', () => {
    assert.deepEqual(findChanges(new Map(), byKey([createState(1, 'CREATE_FAILED')]), 90), noChanges);
  });

  it('ignores a pack without a deployment, which could be another one', () => {
    assert.equal(toPackStates([{ scope, pack: { name: 'a', score: undefined, deployment: undefined } }]).size, 0);
  });

  it('only compares states of the same pack in the same account and region', () => {
    const packState = fc.record({
      scope: fc.record({
        account: fc.constantFrom('111122223333', '444455556666'),
        partition: fc.constant('aws'),
        region: fc.constantFrom('us-east-1', 'eu-central-1'),
      }),
      name: fc.constantFrom('a', 'b'),
      id: fc.constantFrom('id-1', 'id-2'),
      percent: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
      state: fc.constantFrom('CREATE_COMPLETE', 'CREATE_FAILED', 'DELETE_FAILED', 'CREATE_IN_PROGRESS'),
    });
    let changeCount = 0;
    fc.assert(
      fc.property(
        fc.array(packState),
        fc.array(packState),
        fc.integer({ min: 0, max: 100 }),
        (before, after, target) => {
          const previousStates = byKey(before);
          const { dropped, failed } = findChanges(previousStates, byKey(after), target);
          for (const { pack: current, from, to } of dropped) {
            const previous = previousStates.get(getPackKey(current.scope, current.name));
            assert.deepEqual([previous?.id, previous?.percent, current.percent], [current.id, from, to]);
            assert(from >= target && to < target);
          }
          for (const current of failed) {
            const previous = previousStates.get(getPackKey(current.scope, current.name));
            assert(
              previous &&
                previous.id === current.id &&
                !previous.state.endsWith('_FAILED') &&
                current.state.endsWith('_FAILED'),
            );
          }
          changeCount += dropped.length + failed.length;
        },
      ),
    );
    assert(changeCount > 0);
  });
});
