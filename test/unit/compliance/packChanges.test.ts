import assert from 'node:assert/strict';
import fc from 'fast-check';
import { getPackKey } from '../../../src/compliance/model.ts';
import {
  findChanges,
  type PackState,
  type PackStates,
  toPackStates,
} from '../../../src/compliance/queries/packChanges.ts';

const here = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const pack = (percent: number | undefined, state = 'CREATE_COMPLETE', id = 'id-1'): PackState => ({
  scope: here,
  name: 'baseline',
  id,
  percent,
  state,
});
const keyed = (packs: readonly PackState[]): PackStates =>
  new Map(packs.map((each) => [getPackKey(each.scope, each.name), each]));
const between = (before: PackState, after: PackState, target = 90) =>
  findChanges(keyed([before]), keyed([after]), target);
const nothing = { dropped: [], failed: [] };

describe('what became worse', () => {
  it('is a score that was at or above the target and is below it', () => {
    const after = pack(88.4);
    assert.deepEqual(between(pack(93.1), after), { dropped: [{ pack: after, from: 93.1, to: 88.4 }], failed: [] });
    assert.equal(between(pack(90), after).dropped.length, 1);
  });

  it('is a deployment that has come to fail', () => {
    for (const state of ['CREATE_FAILED', 'DELETE_FAILED', 'UPDATE_FAILED']) {
      const after = pack(95, state);
      assert.deepEqual(between(pack(95), after), { dropped: [], failed: [after] });
    }
  });

  const quiet: Record<string, readonly [PackState, PackState]> = {
    'a score that was below already': [pack(80), pack(70)],
    'a score that stays above': [pack(99), pack(90)],
    'a score that rises': [pack(80), pack(95)],
    'a score that goes': [pack(95), pack(undefined)],
    'a score that comes': [pack(undefined), pack(10)],
    'a failure that stays': [pack(95, 'CREATE_FAILED'), pack(95, 'DELETE_FAILED')],
    'another pack of the same name': [pack(95), pack(10, 'CREATE_FAILED', 'id-2')],
  };
  for (const [what, [before, after]] of Object.entries(quiet)) {
    it(`is not ${what}`, () => assert.deepEqual(between(before, after), nothing));
  }

  it('is not what is seen for the first time', () => {
    assert.deepEqual(findChanges(new Map(), keyed([pack(1, 'CREATE_FAILED')]), 90), nothing);
  });

  it('is not a pack whose deployment may not be read: it could be another by now', () => {
    assert.equal(toPackStates([{ scope: here, pack: { name: 'a', score: undefined, deployment: undefined } }]).size, 0);
  });

  it('is only ever told of what was seen twice in the same account and region, as the same pack', () => {
    const seen = fc.record({
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
    let told = 0;
    fc.assert(
      fc.property(fc.array(seen), fc.array(seen), fc.integer({ min: 0, max: 100 }), (before, after, target) => {
        const then = keyed(before);
        const { dropped, failed } = findChanges(then, keyed(after), target);
        for (const { pack: now, from, to } of dropped) {
          const known = then.get(getPackKey(now.scope, now.name));
          assert.deepEqual([known?.id, known?.percent, now.percent], [now.id, from, to]);
          assert(from >= target && to < target);
        }
        for (const now of failed) {
          const known = then.get(getPackKey(now.scope, now.name));
          assert(known && known.id === now.id && !known.state.endsWith('_FAILED') && now.state.endsWith('_FAILED'));
        }
        told += dropped.length + failed.length;
      }),
    );
    assert(told > 0);
  });
});
