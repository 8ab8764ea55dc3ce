import assert from 'node:assert/strict';
import type { OwnPack } from '../../../src/compliance/packRef.ts';
import { mergePackParts, type PackPart } from '../../../src/views/palette/packParts.ts';

const createPack = (name: string): OwnPack => ({
  connection: {},
  scope: { account: '111122223333', partition: 'aws', region: 'us-east-1' },
  name,
});
const createPart = (
  name: string,
  resources: readonly (readonly [string, readonly string[] | undefined])[] = [],
): PackPart => ({
  pack: createPack(name),
  hasAllRules: resources.length === 0,
  resources: new Map(resources.map(([rule, ids]) => [rule, ids?.map((id) => ({ type: 'bucket', id }))])),
});

describe('mergePackParts', () => {
  it('joins the parts of a pack and keeps the order of packs', () => {
    const parts = [
      createPart('b', [['r', ['1']]]),
      createPart('a'),
      createPart('b', [
        ['r', ['2']],
        ['s', undefined],
      ]),
    ];
    assert.deepEqual(mergePackParts(parts), [
      createPart('b', [
        ['r', ['1', '2']],
        ['s', undefined],
      ]),
      createPart('a'),
    ]);
  });

  it('keeps all resources of a rule whichever comes first', () => {
    const [all, some] = [createPart('a', [['r', undefined]]), createPart('a', [['r', ['1']]])];
    assert.deepEqual(mergePackParts([all, some]), [all]);
    assert.deepEqual(mergePackParts([some, all]), [all]);
  });

  it('keeps a rule of a whole pack', () => {
    const rule = createPart('a', [['r', undefined]]);
    const merged = mergePackParts([createPart('a'), rule]);
    assert.deepEqual(merged, [{ ...rule, hasAllRules: true }]);
  });
});
