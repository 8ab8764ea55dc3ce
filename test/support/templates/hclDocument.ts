import fc from 'fast-check';

const word = fc.constantFrom('name', 'a', 'b_2', 'for_each', 'x-y', 'größe', 'iffy', 'format');
const plain = fc.constantFrom('', 'text', 'a-b', '#', '//', "'", '{', '}', '$ ', '% ', '😀', ' = ');
const escaped = fc.constantFrom('\\n', '\\"', '\\\\', '\\u00e9', '$${', '%%{');
const binaryOperator = fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '>', '<=', '>=', '&&', '||');
const blank = fc.constantFrom('', '', ' ', '  ', '\t');
const lineBreak = fc.constantFrom('\n', '\n\n', '\r\n', ' # comment\n', ' // "\n', ' /* { \n } */\n');
const separator = fc.constantFrom(', ', ',', ' ,\n');

const concatenate = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(''));

const repeat = (part: fc.Arbitrary<string>, maxLength = 3, join = ''): fc.Arbitrary<string> =>
  fc.array(part, { maxLength }).map((texts) => texts.join(join));

const { expression, body } = fc.letrec<{ expression: string; quoted: string; body: string }>((tie) => {
  const expression = tie('expression');
  const quoted = tie('quoted');
  const interpolation = concatenate('${', fc.constantFrom('', '~'), blank, expression, blank, '}');
  const text = (pieces: fc.Arbitrary<string>) => repeat(fc.oneof(plain, interpolation, pieces), 4);
  const heredoc = fc
    .tuple(fc.constantFrom('<<', '<<-'), fc.constantFrom('EOT', 'EO_1'), repeat(concatenate(text(blank), '\n')), blank)
    .map(([start, end, lines, indent]) => `${start}${end}\n${lines}${indent}${end}`);
  const list = fc
    .tuple(fc.array(expression, { maxLength: 3 }), separator)
    .map(([items, between]) => items.join(between));
  const intro = concatenate('for ', word, fc.constantFrom('', ', v'), ' in ', expression, ' : ');
  const condition = fc.oneof(fc.constant(''), concatenate(' if ', expression));
  const key = fc.oneof(word, quoted, concatenate('(', expression, ')'));
  const entry = concatenate(key, fc.constantFrom(' = ', ': ', '='), expression);
  return {
    quoted: concatenate('"', text(escaped), '"'),
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('1', '1.5e3', '-2', 'true', 'null'),
      word,
      quoted,
      concatenate(word, '.', word),
      concatenate(word, '.*.', word),
      concatenate(word, fc.constantFrom('[*]', '.0', '.1.2')),
      concatenate(word, '[', expression, ']'),
      concatenate(word, '(', blank, list, fc.constantFrom('', '\n'), ')'),
      concatenate(fc.constantFrom('!', '-', '!!'), word),
      concatenate(expression, ' ', binaryOperator, ' ', expression),
      concatenate(expression, ' ? ', expression, ' : ', expression),
      concatenate('(', blank, expression, fc.constantFrom('', '\n'), ')'),
      concatenate('[', fc.constantFrom('', '\n'), list, blank, ']'),
      concatenate('{', lineBreak, repeat(entry, 3, '\n'), '\n}'),
      concatenate('{ ', repeat(entry, 3, ', '), ' }'),
      concatenate('[', intro, expression, condition, ']'),
      concatenate('{', intro, expression, ' => ', expression, fc.constantFrom('', '...'), condition, '}'),
    ),
    body: repeat(
      fc.oneof(
        { maxDepth: 3 },
        concatenate(blank, word, fc.constantFrom(' = ', '=', '   = '), expression, lineBreak),
        concatenate(blank, word, ' = ', heredoc, '\n'),
        concatenate(word, ' = format(', heredoc, '\n)\n'),
        concatenate(lineBreak),
        concatenate(
          word,
          ' ',
          repeat(fc.constantFrom('"a" ', '"b-c" ', 'd ', '"e.f"')),
          '{\n',
          tie('body'),
          '}',
          lineBreak,
        ),
        concatenate(word, ' { ', word, ' = ', expression, ' }\n'),
      ),
      5,
    ),
  };
});

/** An expression of HCL. */
export const hclExpression = expression;

/** A document of HCL. Nearly all are valid. */
export const hclDocument = body;
