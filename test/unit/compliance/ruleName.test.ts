import assert from 'node:assert/strict';
import { findRuleByName, splitRuleName } from '../../../src/compliance/ruleName.ts';

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

describe('findRuleByName', () => {
  const [rule, other] = [{ name: 's3-ssl-conformance-pack-172lcbx9s' }, { name: 's3-ssl-conformance-pack-bbbbbbbbb' }];

  it('prefers the deployed name', () => {
    assert.equal(findRuleByName([rule, other], other.name), other);
  });

  it('finds a rule of another deployment by its name in the template', () => {
    assert.equal(findRuleByName([{ name: 'other' }, rule], 's3-ssl-conformance-pack-aaaaaaaaa'), rule);
    assert.equal(findRuleByName([rule], 's3-ssl'), rule);
    assert.equal(findRuleByName([rule], 's3'), undefined);
  });
});
