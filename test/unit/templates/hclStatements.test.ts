import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Expression } from '../../../src/templates/expressions/expression.ts';
import { parser } from '../../../src/templates/syntax/hclParser.ts';
import { findStatementGroups, locateStatements } from '../../../src/templates/syntax/hclStatements.ts';
import { SyntaxDocument } from '../../../src/templates/syntax/reparse.ts';
import { readConfiguration } from '../../../src/templates/terraform/config.ts';
import type { SlicedWork } from '../../../src/timeSlicing.ts';
import { hclDocument } from '../../support/templates/hclDocument.ts';

function run<T>(work: SlicedWork<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const read = (text: string) => run(readConfiguration(`${text.length}.tf`, text));

/** Describes the blocks of a text: labels, attributes and the last line. */
const describeBlocks = (text: string): readonly string[] =>
  read(text).blocks.map(({ type, labels, start, end, attributes }) => {
    const lastLine = text.slice(start, end).split('\n').at(-1) ?? '';
    return `${[type, ...labels].join(' ')}: ${[...attributes].map(([name]) => name).join(' ')} … ${lastLine.trimStart()}`;
  });

const getExpression = (value: string): Expression | undefined =>
  read(`x = ${value}`).attributes.get('x')?.getExpression();

describe('reading HCL', () => {
  it('ends an unclosed block, object and list at the next top-level block', () => {
    const text = [
      'resource "a" "b" {\n  name = join("-", ["x",\n  tags = {\n    owner = { team = "t"\n',
      'locals {\n  x = [1,\n}\nvariable "v" {\ndata "d" "e" {\n  y = 1\n}\n',
    ].join('');
    assert.deepEqual(describeBlocks(text), [
      'resource a b: name tags … owner = { team = "t"',
      'locals: x … }',
      'variable v:  … variable "v" {',
      'data d e: y … }',
    ]);
  });

  it('ends a string at the end of its line, also within an unclosed interpolation', () => {
    const text = 'resource "a" "b" {\n  x = "one\n  y = "two-${var.z\n  z = "three-${f("u"\n}\nmodule "m" {\n}\n';
    assert.deepEqual(describeBlocks(text), ['resource a b: x y z … }', 'module m:  … }']);
  });

  it('reads the attributes around a missing value, not those of nested blocks', () => {
    const text = 'resource "a" "b" {\n  x =\n  y = 1\n  lifecycle {\n    z = 2\n  }\n  q =\n}\n';
    assert.deepEqual(describeBlocks(text), ['resource a b: x y q … }']);
  });

  it('reads values of many forms', () => {
    const describe = (value: string) => {
      const { start: _, end: __, ...expression } = getExpression(value) ?? { start: 0, end: 0, kind: 'unknown' };
      return expression;
    };
    assert.deepEqual(describe('-1.5e3'), { kind: 'literal', value: -1500 });
    assert.deepEqual(describe('"a\\u00e9\\n$${b}"'), {
      kind: 'literal',
      value: 'aé\n${b}',
      inner: { start: 5, end: 19 },
    });
    assert.equal(describe('!!a').kind, 'not');
    assert.equal(describe('{ for k, v in x : k => v... if v }').kind, 'for');
    assert.equal(describe('a.0.1[b].*.c').kind, 'member');
    assert.equal(describe('provider::aws::arn(x...)').kind, 'call');
    assert.equal(describe(`${'('.repeat(70)}1`).kind, 'unknown');
  });

  it('reads an edited document like a new one', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.nat(12),
      inserted: fc.constantFrom(
        '',
        'x',
        '"',
        '{',
        '}',
        '(',
        ')',
        '\n',
        '${',
        '<<EOT\n',
        'EOT',
        '/*',
        '#',
        'locals {\n',
        ' = ',
      ),
    });
    const many = fc.array(hclDocument, { minLength: 5, maxLength: 30 }).map((texts) => texts.join(''));
    const property = fc.property(many, fc.array(edit, { minLength: 1, maxLength: 5 }), (text, edits) => {
      const document = new SyntaxDocument();
      let edited = text;
      describeAll(document, edited);
      for (const { at, removed, inserted } of edits) {
        const offset = Math.floor(at * edited.length);
        edited = edited.slice(0, offset) + inserted + edited.slice(offset + removed);
        assert.deepEqual(describeAll(document, edited), describeAll(new SyntaxDocument(), edited));
      }
    });
    fc.assert(property, { numRuns: 60 });
  });
});

/** Everything that is read from a document, in its order: groups of parts depend on how the tree is divided. */
function describeAll(document: SyntaxDocument, text: string): unknown {
  const parsed = run(document.parse(parser, text));
  const statements = locateStatements([...findStatementGroups(parsed)]);
  return statements
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, statement }) => {
      const attributes = [...statement.locateAttributes(parsed, start)];
      const { name, labels, length } = statement;
      return {
        start,
        name,
        labels,
        length,
        values: attributes.map(([key, { getExpression }]) => [key, getExpression()]),
      };
    });
}
