import assert from 'node:assert/strict';
import type { Parser, Tree } from '@lezer/common';
import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import { SyntaxDocument } from '../../../src/templates/syntax/reparse.ts';
import { nodesPerTree } from '../../../src/templates/syntax/tree.ts';
import { parser as yaml } from '../../../src/templates/syntax/yamlTokens.ts';
import { runInSlices, type SlicedWork } from '../../../src/timeSlicing.ts';

const parse = async (work: SlicedWork<{ readonly tree: object }>): Promise<string> =>
  String((await runInSlices(work)).tree);

/** Longer than what a parser reads again before a change. */
const comment = (mark: string) => `${mark} ${'a comment that stays '.repeat(3)}\n`.repeat(3);

/** A parser keeps only subtrees that are long. */
const repeat = (line: string) =>
  Array.from({ length: 300 }, (_, index) => `${line.replace('0', `${index}`)}\n`).join('');

const pairs = repeat('a0: 1');
const items = `z:\n${repeat('- 0')}`;
const branch = `if (a) {\n${repeat('b(0);')}}\n`;
const attempt = `try:\n${repeat('    a(0)')}`;

const edits: Readonly<Record<string, readonly [Parser, before: string, after: string]>> = {
  'the end of a document': [
    yaml,
    `${pairs}${comment('#')}---\nc: 3\n${pairs}`,
    `${pairs}${comment('#')}c: 3\n${pairs}`,
  ],
  'the end of a list': [yaml, `${items}${comment('#')}b: 2\n`, `${items}${comment('#')}- 2\n`],
  'an added else': [javascript, `${branch}${comment('//')}c();\nd();\n`, `${branch}${comment('//')}else c();\nd();\n`],
  'a removed else': [javascript, `${branch}${comment('//')}else c();\nd();\n`, `${branch}${comment('//')}c();\nd();\n`],
  'an operator after empty lines': [
    javascript,
    `const a = [\n${repeat('0,')}]\n${'\n'.repeat(60)}c\nd\n`,
    `const a = [\n${repeat('0,')}]\n${'\n'.repeat(60)}+ c\nd\n`,
  ],
  'another except': [
    python,
    `${attempt}except E:\n${repeat('    b(0)')}${comment('#')}c()\n`,
    `${attempt}except E:\n${repeat('    b(0)')}${comment('#')}else: c()\n`,
  ],
};

const createText = (parts: number, createPart: (index: number) => string): string =>
  Array.from({ length: parts }, (_, index) => createPart(index)).join('');

function countNodes(tree: Tree): number {
  let count = 0;
  tree.iterate({ enter: () => void count++ });
  return count;
}

describe('SyntaxDocument', () => {
  for (const [name, [parser, before, after]] of Object.entries(edits))
    it(`reads after an edit what it reads in a new document: ${name}`, async () => {
      const edited = new SyntaxDocument();
      await parse(edited.parse(parser, before));
      assert.equal(await parse(edited.parse(parser, after)), await parse(new SyntaxDocument().parse(parser, after)));
    });

  it('reads in several trees what the parser reads in one, with comments where they end', async () => {
    for (const [parser, part, mark] of [
      [yaml, `a: 1\nb: [1, 2]\n`, '#'],
      [javascript, `if (a) { b(0); } else c();\n`, '//'],
    ] as const) {
      const text = createText(500, (index) => part.replace('a', `a${index}`) + `${mark} stays\n`.repeat(90));
      assert.ok(countNodes(parser.parse(text)) > nodesPerTree);
      const { tree } = await runInSlices(new SyntaxDocument().parse(parser, text));
      assert.equal(String(tree), String(parser.parse(text)));
    }
  });

  it('reads a document with errors as the parser reads it at once', async () => {
    for (const [parser, part, error] of [
      [yaml, 'a: [1, 2]\nb: { c: d }\n', 'e: [1\n  f: "g\n'],
      [javascript, 'if (a) { b(0); } else c();\n', 'd(e, {;\n'],
      [python, 'if a:\n    b(0)  # stays\n', 'c(d e)\n'],
    ] as const) {
      const text = createText(1000, (index) => part + (index % 40 === 20 ? error : ''));
      const { tree } = await runInSlices(new SyntaxDocument().parse(parser, text));
      assert.equal(String(tree), String(parser.parse(text)));
    }
  });
});
