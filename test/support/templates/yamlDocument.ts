import fc from 'fast-check';

/** Writes a value after the key or the dash that it belongs to, at an indentation. */
type Print = (indent: string) => string;

const key = fc.constantFrom('Type', 'a', 'a-b', 'x y', 'größe', '"quoted: key"', "'it''s'", 'Fn::Sub', '<<x');
const comment = fc.constantFrom('', '', '', ' # comment', ' # {[ "');
const lineBreak = fc.constantFrom('\n', '\n', '\n\n', '\n# between\n');

const plain = fc.constantFrom('text', 'two words', 'x:y', 'a#b', '-1', 'true', '~', '😀', '?x', 'a, b', 'x]');
const flowPlain = fc.constantFrom('text', 'two words', 'a#b', '-1', '😀', '!Ref Name');
const quoted = fc.constantFrom("'it''s'", "''", '"a\\n\\u00e9\\""', '"x: # y"', "'{ [ '", '"\\\\"');
const tagged = fc.constantFrom('!Ref Name', '!Sub "${A}-b"', "!GetAtt 'a.b'");

const folded: fc.Arbitrary<Print> = fc.constantFrom<Print>(
  (indent) => ` one\n${indent}  two`,
  (indent) => ` "one\n${indent}  two\n\n${indent}  three"`,
);
/** Without `|+`: the empty lines at its end are in no name. */
const block: fc.Arbitrary<Print> = fc
  .tuple(
    fc.constantFrom('|', '>', '|-', '>-'),
    fc.array(fc.constantFrom('text', '', '  more', '# no', 'a: b', '- c'), { maxLength: 3 }),
  )
  .map(
    ([header, lines]): Print =>
      (indent) =>
        ` ${header}\n${['first', ...lines].map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n')}`,
  );

const { value } = fc.letrec<{ value: Print; flow: string }>((tie) => {
  const flow = tie('flow');
  const value = tie('value');
  const entries = fc.array(fc.tuple(key, value, comment, lineBreak), { minLength: 1, maxLength: 4 });
  return {
    flow: fc.oneof(
      { maxDepth: 3 },
      flowPlain,
      quoted,
      fc.array(flow, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc
        .array(fc.tuple(fc.constantFrom('a', 'b c', '"q"'), flow), { maxLength: 3 })
        .map((pairs) => `{ ${pairs.map(([name, item]) => `${name}: ${item}`).join(', ')} }`),
    ),
    value: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(plain, quoted, tagged, flow).map(
        (text): Print =>
          () =>
            ` ${text}`,
      ),
      fc.constant<Print>(() => ''),
      folded,
      block,
      entries.map(
        (pairs): Print =>
          (indent) =>
            printMap(pairs, `${indent}  `),
      ),
      fc.array(value, { minLength: 1, maxLength: 3 }).map(
        (items): Print =>
          (indent) =>
            items.map((print) => `\n${indent}  -${print(`${indent}  `)}`).join(''),
      ),
    ),
  };
});

type Entry = readonly [key: string, print: Print, comment: string, lineBreak: string];

/** A comment may only follow a value on one line. */
const printMap = (entries: readonly Entry[], indent: string): string =>
  entries
    .map(([name, print, after, between], index) => {
      const text = print(indent);
      const end = text.includes('\n') ? '' : after;
      return `${index === 0 ? '\n' : between}${indent}${name}:${text}${end}`;
    })
    .join('');

/** YAML documents with the forms of templates. */
export const yamlDocument: fc.Arbitrary<string> = fc
  .array(fc.tuple(key, value, comment, lineBreak), { minLength: 1, maxLength: 5 })
  .map((entries) => `${printMap(entries, '').slice(1)}\n`);
