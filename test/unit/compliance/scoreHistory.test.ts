import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Deployment, Pack, Scope } from '../../../src/compliance/model.ts';
import { getHistoryKey, type RecordedScores, recordScores } from '../../../src/compliance/queries/scoreHistory.ts';

const scope: Scope = { account: '111122223333', partition: 'aws', region: 'eu-central-1' };
const own = (id: string): string => getHistoryKey(scope, id);

/** A pack as it was seen; without `id` its deployment is unknown. */
function packOf(id: string | undefined, percent: number | undefined, updatedAt: number | undefined): Pack {
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

/** The history after each of these was seen, one after another. */
const seen = (...packs: readonly Pack[]): RecordedScores =>
  packs.reduce<RecordedScores>((history, pack) => recordScores(history, scope, [pack]), {});

describe('the history of scores', () => {
  it('keeps the scores of a pack, oldest first', () => {
    assert.deepEqual(seen(packOf('p', 60, 1), packOf('p', 70, 2)), {
      [own('p')]: [
        { at: 1, percent: 60 },
        { at: 2, percent: 70 },
      ],
    });
  });

  it('tells packs of other accounts and regions apart', () => {
    const there = { ...scope, region: 'us-east-1' };
    const other = { ...scope, account: '444455556666' };
    const places = [scope, there, other];
    const history = places.reduce<RecordedScores>(
      (known, place) => recordScores(known, place, [packOf('p', 60, 1)]),
      {},
    );
    assert.deepEqual(Object.keys(history), [
      '111122223333/eu-central-1/p',
      '111122223333/us-east-1/p',
      '444455556666/eu-central-1/p',
    ]);
  });

  it('begins anew with a pack that is deployed anew', () => {
    const history = seen(packOf('old', 60, 1), packOf('new', 20, 2));
    assert.deepEqual(history[own('new')], [{ at: 2, percent: 20 }]);
    assert.deepEqual(history[own('old')], [{ at: 1, percent: 60 }]);
  });

  it('is the same history where nothing is new', () => {
    const history = seen(packOf('p', 60, 2));
    for (const pack of [
      packOf('p', 60, 2),
      packOf('p', 55, 1),
      packOf('p', undefined, 3),
      packOf('p', 65, undefined),
      packOf(undefined, 65, 3),
      { ...packOf('p', 65, 3), deployment: undefined },
      { ...packOf('p', 65, 3), score: undefined },
    ]) {
      assert.equal(recordScores(history, scope, [pack]), history);
    }
  });

  it('keeps the latest 180 scores of a pack', () => {
    const history = seen(...Array.from({ length: 200 }, (_, index) => packOf('p', index / 2, index)));
    assert.equal(history[own('p')]?.length, 180);
    assert.deepEqual(history[own('p')]?.at(0), { at: 20, percent: 10 });
    assert.deepEqual(history[own('p')]?.at(-1), { at: 199, percent: 99.5 });
  });

  it('keeps 500 packs: the one seen longest ago makes room', () => {
    const many = Array.from({ length: 500 }, (_, index) => packOf(`p${index}`, 50, 1));
    const history = seen(...many, packOf('p0', 60, 2), packOf('late', 50, 2));
    assert.equal(Object.keys(history).length, 500);
    assert.equal(history[own('p1')], undefined);
    assert.equal(history[own('p0')]?.length, 2);
    assert.equal(history[own('late')]?.length, 1);
  });

  it('holds each score once and in order, whatever comes when', () => {
    const pack = fc
      .tuple(fc.constantFrom('p', 'q', 'r'), fc.option(fc.nat(100), { nil: undefined }), fc.nat(50))
      .map(([id, percent, at]) => packOf(id, percent, at));
    fc.assert(
      fc.property(fc.array(pack, { maxLength: 60 }), (packs) => {
        for (const [key, scores] of Object.entries(seen(...packs))) {
          const times = scores.map(({ at }) => at);
          assert.deepEqual(
            times,
            [...new Set(times)].toSorted((a, b) => a - b),
          );
          for (const { at, percent } of scores) {
            const told = packs.some(
              ({ score, deployment }) =>
                own(deployment?.id ?? '') === key && score?.updatedAt === at && score.percent === percent,
            );
            assert(told, `${key} never had ${percent} at ${at}`);
          }
        }
      }),
    );
  });
});
