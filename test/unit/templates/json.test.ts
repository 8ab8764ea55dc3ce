import assert from 'node:assert/strict';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

const names = (properties: string) => {
  const pack = `"P": { "Type": "AWS::Config::ConformancePack", "Properties": { ${properties} } }`;
  const after = '"Q": { "Type": "AWS::Config::ConformancePack", "Properties": { "ConformancePackName": "after" } }';
  const { packs } = indexTemplate({ path: 'a.json', text: `{ "Resources": { ${pack}, ${after} } }` });
  return packs.flatMap((each) => each.resolve().map(({ text }) => text));
};

describe('templates: JSON that is still being typed', () => {
  it('loses nothing that follows', () => {
    assert.deepEqual(names('"ConformancePackName": '), ['after']);
    assert.deepEqual(names('"ConformancePackName"'), ['after']);
    assert.deepEqual(names('"A": "a" "ConformancePackName": "x"'), ['x', 'after']);
    assert.deepEqual(names('"ConformancePackName": { "Fn::Join": ["-", ["a", "b" }'), ['a-b', 'after']);
    assert.deepEqual(names('"ConformancePackName": "x", ]'), ['x', 'after']);
    assert.deepEqual(names('"A": "a\n, "ConformancePackName": "x"'), ['x', 'after']);
  });

  it('reads comments, escapes and trailing commas', () => {
    assert.deepEqual(names('/* { */ "Conformance\\u0050ackName": // }\n "x\\u002Dy",'), ['x-y', 'after']);
  });
});
