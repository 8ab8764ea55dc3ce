import assert from 'node:assert/strict';
import { splitRuleName } from '../../../src/compliance/ruleName.ts';

describe('splitRuleName', () => {
  for (const [name, templateName, suffix] of [
    ['encrypted-volumes-conformance-pack-172lcbx9s', 'encrypted-volumes', '-conformance-pack-172lcbx9s'],
    ['encrypted-volumes', 'encrypted-volumes', ''],
    ['a-conformance-pack-172lcbx9', 'a-conformance-pack-172lcbx9', ''],
    ['a-conformance-pack-172LCBX9S', 'a-conformance-pack-172LCBX9S', ''],
    ['a-conformance-pack-172lcbx9s-b', 'a-conformance-pack-172lcbx9s-b', ''],
    ['', '', ''],
  ] as const) {
    it(`splits “${name}” into “${templateName}” and “${suffix}”`, () =>
      assert.deepEqual(splitRuleName(name), { templateName, suffix }));
  }
});
