import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TreeCursor } from '@lezer/common';
import fc from 'fast-check';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { parser } from '../../../src/templates/syntax/hclParser.ts';
import { hclDocument } from '../../support/templates/hclDocument.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
/** Fixtures that are no valid HCL, so that the reference grammar cannot read them. */
const invalid = ['half-typed/main.tf', 'not-hcl/notes.tf', 'not-hcl/schema.tf'].map((path) =>
  join('terraform', `${path}.txt`),
);
const files = globSync('**/*.{tf,tfvars,tofu}.txt', { cwd: fixtures, exclude: invalid }).sort();

/** Nodes that both grammars have, by the name in `tree-sitter-hcl`. */
const names: Readonly<Record<string, string>> = {
  attribute: 'Attribute',
  block: 'Block',
  object_elem: 'ObjectElement',
  function_call: 'FunctionCall',
  tuple: 'Tuple',
  template_interpolation: 'Interpolation',
};
const ownNames = new Set(Object.values(names));

describe('the HCL grammar', () => {
  let reference: Parser;

  before(async () => {
    await Parser.init();
    const wasm = import.meta.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm');
    reference = new Parser().setLanguage(await Language.load(fileURLToPath(wasm)));
  });

  /** Describes the nodes of the reference grammar. Undefined for an invalid document. */
  function describeReference(text: string): readonly string[] | undefined {
    const tree = reference.parse(text);
    assert(tree !== null);
    const lines: string[] = [];
    const visit = (node: Node) => {
      const name = names[node.type];
      if (name !== undefined) lines.push(describeNode(name, text, node.startIndex, node.endIndex));
      for (const child of node.namedChildren) if (child !== null) visit(child);
    };
    const isValid = !tree.rootNode.hasError;
    if (isValid) visit(tree.rootNode);
    tree.delete();
    return isValid ? lines : undefined;
  }

  for (const file of files) {
    it(`agrees with tree-sitter-hcl on ${file}`, () => {
      const text = readFileSync(join(fixtures, file), 'utf8');
      const expected = describeReference(text);
      assert(expected, 'The fixture is invalid');
      assert.deepEqual(describeOwn(text), expected);
    });
  }

  it('agrees with tree-sitter-hcl on generated documents', () => {
    let valid = 0;
    fc.assert(
      fc.property(hclDocument, (text) => {
        const expected = describeReference(text);
        if (expected === undefined) return;
        valid++;
        assert.deepEqual(describeOwn(text), expected, text);
      }),
      { numRuns: 300 },
    );
    assert(valid > 250, `only ${valid} documents are valid`);
  });
});

function describeOwn(text: string): readonly string[] {
  const lines: string[] = [];
  const visit = (cursor: TreeCursor) => {
    do {
      if (cursor.type.isError) lines.push(describeNode('error', text, cursor.from, cursor.to));
      if (ownNames.has(cursor.name)) lines.push(describeNode(cursor.name, text, cursor.from, cursor.to));
      if (cursor.firstChild()) {
        visit(cursor);
        cursor.parent();
      }
    } while (cursor.nextSibling());
  };
  visit(parser.parse(text).cursor());
  return lines;
}

const describeNode = (name: string, text: string, start: number, end: number): string =>
  `${name} ${start}-${end} ${text.slice(start, end)}`;
