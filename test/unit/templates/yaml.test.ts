import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { DocumentNode } from '../../../src/templates/cloudformation/tree.ts';
import { SyntaxDocument } from '../../../src/templates/syntax/reparse.ts';
import { parseYaml } from '../../../src/templates/syntax/yaml.ts';
import type { SlicedWork } from '../../../src/timeSlicing.ts';
import { yamlDocument } from '../../support/templates/yamlDocument.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
/** Fixtures that the package cannot read: unfinished documents, circular aliases and tags of template engines. */
const unreadable = ['circular', 'dynamic-references', 'half-typed', 'pipelines', 'template-engine'];
const files = globSync('**/*.{yaml,yml,template}.txt', {
  cwd: fixtures,
  exclude: unreadable.map((name) => join('cloudformation', `${name}.yaml.txt`)),
}).sort();

/** Circular aliases have no end. */
const maxDepth = 20;

describe('parseYaml', () => {
  for (const file of files) {
    it(`agrees with the package yaml on ${file}`, () => {
      const text = readFileSync(join(fixtures, file), 'utf8');
      const expected = describeReference(text);
      assert(expected, 'The package cannot read the fixture');
      assert.deepEqual(describeOwn(text), expected);
    });
  }

  it('agrees with the package yaml on generated documents', () => {
    fc.assert(
      fc.property(yamlDocument, (text) => {
        const expected = describeReference(text);
        assert(expected, 'The document is invalid');
        assert.deepEqual(describeOwn(text), expected);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('agrees with the package yaml on a document whose tree is built in parts', () => {
    const part = (index: number) =>
      `R${index}:\n  Type: !Ref Type # {[\n  Names: { a: [b, "c"] }\n  Text: |\n    a: b\n  List:\n  - one\n`;
    const text = Array.from({ length: 2_000 }, (_, index) => part(index)).join('');
    assert.deepEqual(describeOwn(text), describeReference(text));
    // An unclosed bracket in the middle ends at the next key.
    const broken = text.replace('"c"] }\n  Text: |\n    a: b\n  List:\n  - one\nR1000:', '"c"\nR1000:');
    const document = new SyntaxDocument();
    describeOwn(text, document);
    assert.deepEqual(describeOwn(broken, document), describeOwn(broken));
  });

  it('reads an edited document like a new one', () => {
    const edit = fc.record({ at: fc.nat(), deleted: fc.nat(10), inserted: fc.oneof(yamlPiece, yamlDocument) });
    fc.assert(
      fc.property(yamlDocument, fc.array(edit, { minLength: 1, maxLength: 4 }), (original, edits) => {
        const document = new SyntaxDocument();
        let text = original;
        describeOwn(text, document);
        for (const { at, deleted, inserted } of edits) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + inserted + text.slice(start + deleted);
          assert.deepEqual(describeOwn(text, document), describeOwn(text));
        }
      }),
      { numRuns: 200, seed: 11 },
    );
  });
});

const yamlPiece = fc.constantFrom(
  'x',
  ' ',
  '\n',
  '  ',
  ':',
  ': ',
  '- ',
  '#',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '|\n',
  '!Ref ',
  '&a ',
  '*a',
  '${',
  '{% x %}\n',
);

/** Texts with the ranges of their keys and values. */
type Description = readonly unknown[];

const describeOwn = (text: string, document?: SyntaxDocument): readonly Description[] =>
  run(parseYaml(text, document)).map((node) => describeNode(node));

function run<T>(work: SlicedWork<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function describeNode(node: DocumentNode, depth = 0): Description {
  if (depth > maxDepth) return [];
  if (node.kind === 'list') return ['list', ...node.items.map((item) => describeNode(item, depth + 1))];
  if (node.kind === 'scalar') return describeText(node.text, node.textRange.start);
  return [
    'map',
    ...node.entries.map(({ key, keyRange, value }) => [key, keyRange.start, describeNode(value, depth + 1)]),
  ];
}

/** An empty text has no place of its own. */
const describeText = (text: string, start: number): Description => (text === '' ? ['text'] : ['text', text, start]);

/** Describes what the package `yaml` reads. Undefined for an invalid document. */
function describeReference(text: string): readonly Description[] | undefined {
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents.map((document) => describeReferenceNode(document.contents, document, text));
}

function describeReferenceNode(node: unknown, document: Document.Parsed, text: string, depth = 0): Description {
  if (depth > maxDepth) return [];
  const visit = (child: unknown) => describeReferenceNode(child, document, text, depth + 1);
  if (isAlias(node)) {
    const target = node.resolve(document);
    // A text is where its alias is.
    if (isScalar(target)) return describeText(String(target.value), node.range?.[0] ?? 0);
    return describeReferenceNode(target, document, text, depth);
  }
  if (isSeq(node)) return ['list', ...node.items.map(visit)];
  if (isMap(node)) {
    const entries = node.items.filter(({ key }) => isScalar(key) || isAlias(key));
    return ['map', ...entries.map(({ key, value }) => [...visit(key).slice(1), visit(value)])];
  }
  if (!isScalar(node)) return ['text'];
  return describeText(String(node.value ?? ''), findTextStart(node.range?.[0] ?? 0, node.type, text));
}

/** Where a text starts without its quote or its header. */
function findTextStart(start: number, type: string | undefined, text: string): number {
  if (type?.startsWith('QUOTE')) return start + 1;
  if (!type?.startsWith('BLOCK')) return start;
  const lines = /^.*\s*/.exec(text.slice(start))?.[0] ?? '';
  return start + lines.length;
}
