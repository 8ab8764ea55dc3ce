import assert from 'node:assert/strict';
import { maskCostlyLines } from '../../../src/templates/syntax/javascriptMask.ts';
import { indexTemplate } from '../../support/templates/indexTemplate.ts';

describe('maskCostlyLines', () => {
  it('keeps a long line of strings with slashes', () => {
    const rules = Array.from(
      { length: 300 },
      (_, at) => `{"Resource":["arn:aws:s3:::bucket-${at}/*"],"Uri":"https://a/[b]"}`,
    );
    const line = `new CfnConformancePack(this, 'p', { conformancePackName: 'x', templateBody: '{"Resources":[${rules.join()}]}' });`;
    const text = `const a = 1 / 2;\n${line}\n`;
    assert.equal(maskCostlyLines(text), text);
    assert.deepEqual(
      indexTemplate({ path: 'a.ts', text }).packs.map(({ resolve }) => resolve()),
      [[{ kind: 'exact', text: 'x' }]],
    );
  });

  it('blanks a line of regular expressions without an end', () => {
    for (const piece of ['/[', '/[/[', '/[\\\\', '/[a-z/', '/\\\\/[']) {
      const line = piece.repeat(2_000);
      assert.equal(maskCostlyLines(`a\n${line}\nb`), `a\n${' '.repeat(line.length)}\nb`, piece);
    }
  });

  it('keeps a line of regular expressions with an end', () => {
    const line = '/[/]a/, /\\\\[/, '.repeat(2_000);
    assert.equal(maskCostlyLines(line), line);
  });
});
