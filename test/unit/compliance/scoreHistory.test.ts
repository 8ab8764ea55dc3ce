import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Deployment, Pack, Scope } from '../../../src/compliance/model.ts';
import { getHistoryKey, type RecordedScores, recordScores } from '../../../src/compliance/queries/scoreHistory.ts';

const scope: Scope = { account: '111122223333', partition: 'aws', region: 'eu-central-1' };
const keyOf = (id: string): string => getHistoryKey(scope, id);

/** Without `id`, the pack has no deployment id. */
function createPack(id: string | undefined, percent: number | undefined, updatedAt: number | undefined): Pack {
  const rest = {
    arn: undefined,
    reason: undefined,
    stackArn: undefined,
    requestedAt: undefined,
    completedAt: undefined,
  };
  const deployment: Deployment = { pack: 'a', id, state: 'CREATE_COMPLETE', ...rest };
  return { name: 'a', score: { pack: 'a', percent, text: undefined, updatedAt }, deployment };
}

/** Records the packs one after another. */
const record = (...packs: readonly Pack[]): RecordedScores =>
  packs.reduce<RecordedScores>((history, pack) => recordScores(history, scope, [pack]), {});

describe('recordScores', () => {
  it('stores the scores of a pack, oldest first', () => {
    assert.deepEqual(record(createPack('p', 60, 1), createPack('p', 70, 2)), {
      [keyOf('p')]: [
        { at: 1, percent: 60 },
        { at: 2, percent: 70 },
      ],
    });
  });

  it('separates packs of other accounts and regions', () => {
    const otherRegion = { ...scope, region: 'us-east-1' };
    const otherAccount = { ...scope, account: '444455556666' };
    const scopes = [scope, otherRegion, otherAccount];
    const history = scopes.reduce<RecordedScores>(
      (recorded, each) => recordScores(recorded, each, [createPack('p', 60, 1)]),
      {},
    );
    assert.deepEqual(Object.keys(history), [
      '111122223333/eu-central-1/p',
      '111122223333/us-east-1/p',
      '444455556666/eu-central-1/p',
    ]);
  });

  it('starts over when a pack is deployed again', () => {
    const history = record(createPack('old', 60, 1), createPack('new', 20, 2));
    assert.deepEqual(history[keyOf('new')], [{ at: 2, percent: 20 }]);
    assert.deepEqual(history[keyOf('old')], [{ at: 1, percent: 60 }]);
  });

  it('returns the same history if there is nothing new', () => {
    const history = record(createPack('p', 60, 2));
    for (const pack of [
      createPack('p', 60, 2),
      createPack('p', 55, 1),
      createPack('p', undefined, 3),
      createPack('p', 65, undefined),
      createPack(undefined, 65, 3),
      { ...createPack('p', 65, 3), deployment: undefined },
      { ...createPack('p', 65, 3), score: undefined },
    ]) {
      assert.equal(recordScores(history, scope, [pack]), history);
    }
  });

  it('keeps the latest 180 scores of a pack', () => {
    const history = record(...Array.from({ length: 200 }, (_, index) => createPack('p', index / 2, index)));
    assert.equal(history[keyOf('p')]?.length, 180);
    assert.deepEqual(history[keyOf('p')]?.at(0), { at: 20, percent: 10 });
    assert.deepEqual(history[keyOf('p')]?.at(-1), { at: 199, percent: 99.5 });
  });

  it('keeps 500 packs and drops the one recorded longest ago', () => {
    const many = Array.from({ length: 500 }, (_, index) => createPack(`p${index}`, 50, 1));
    const history = record(...many, createPack('p0', 60, 2), createPack('late', 50, 2));
    assert.equal(Object.keys(history).length, 500);
    assert.equal(history[keyOf('p1')], undefined);
    assert.equal(history[keyOf('p0')]?.length, 2);
    assert.equal(history[keyOf('late')]?.length, 1);
  });

  it('stores each score once and in order, whatever the order of recording', () => {
    const pack = fc
      .tuple(fc.constantFrom('p', 'q', 'r'), fc.option(fc.nat(100), { nil: undefined }), fc.nat(50))
      .map(([id, percent, at]) => createPack(id, percent, at));
    fc.assert(
      fc.property(fc.array(pack, { maxLength: 60 }), (packs) => {
        for (const [key, scores] of Object.entries(record(...packs))) {
          const times = scores.map(({ at }) => at);
          assert.deepEqual(
            times,
            [...new Set(times)].toSorted((a, b) => a - b),
          );
          for (const { at, percent } of scores) {
            const isRecorded = packs.some(
              ({ score, deployment }) =>
                keyOf(deployment?.id ?? '') === key && score?.updatedAt === at && score.percent === percent,
            );
            assert(isRecorded, `${key}: ${percent} at ${at}`);
          }
        }
      }),
    );
  });
});
