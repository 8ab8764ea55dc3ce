import assert from 'node:assert/strict';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const findNames = (properties: string) => {
  const pack = `"P": { "Type": "AWS::Config::ConformancePack", "Properties": { ${properties} } }`;
  const after = '"Q": { "Type": "AWS::Config::ConformancePack", "Properties": { "ConformancePackName": "after" } }';
  const { packs } = indexTemplate({ path: 'a.json', text: `{ "Resources": { ${pack}, ${after} } }` });
  return packs.flatMap((each) => each.resolve().map(({ text }) => text));
};

describe('parsing incomplete JSON', () => {
  it('finds the names after an error', () => {
    assert.deepEqual(findNames('"ConformancePackName": '), ['after']);
    assert.deepEqual(findNames('"ConformancePackName"'), ['after']);
    assert.deepEqual(findNames('"A": "a" "ConformancePackName": "x"'), ['x', 'after']);
    assert.deepEqual(findNames('"ConformancePackName": { "Fn::Join": ["-", ["a", "b" }'), ['a-b', 'after']);
    assert.deepEqual(findNames('"ConformancePackName": "x", ]'), ['x', 'after']);
    assert.deepEqual(findNames('"A": "a\n, "ConformancePackName": "x"'), ['x', 'after']);
  });

  it('reads comments, escapes and trailing commas', () => {
    assert.deepEqual(findNames('/* { */ "Conformance\\u0050ackName": // }\n "x\\u002Dy",'), ['x-y', 'after']);
  });

  it('accepts comments before the first brace', () => {
    const template =
      '{"Resources":{"P":{"Type":"AWS::Config::ConformancePack","Properties":{"ConformancePackName":"x"}}}}';
    for (const comment of ['// note\n', '/* note\n * {\n */\n', '\n// a\n// b\n', '/**/ '])
      assert.equal(indexTemplate({ path: 'a.json', text: comment + template }).packs.length, 1, comment);
  });
});
