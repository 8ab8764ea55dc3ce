import fc from 'fast-check';

/** Pieces of text that surfaces could take for a link, a command, an icon, markup or a formula. */
const pieces = [
  '[Sign in again](command:workbench.action.closeWindow)',
  '[a](https://evil.example "t")',
  '![x](https://evil.example/x.png)',
  '<https://evil.example>',
  'https://evil.example/path',
  'HTTP://EVIL.EXAMPLE',
  'ftp://evil.example',
  'www.evil.example',
  'me@evil.example',
  'mailto:me@evil.example',
  'command:workbench.action.closeWindow',
  '](command:a)',
  '$(error)',
  '$(sync~spin)',
  '\\$(check)',
  '$(',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '</p><h1>',
  '&lt;b&gt; &amp; &#60;',
  '=HYPERLINK("https://evil.example","a")',
  '+1',
  '-2',
  '@SUM(A1)',
  '＝1',
  ';=1',
  '**a**',
  '__b__',
  '_c_',
  '~~d~~',
  '`e`',
  '```',
  '# f',
  '1. g',
  '2) h',
  '3.',
  '- i',
  '+ j',
  '> k',
  '---',
  '===',
  '| l | m |',
  '[n]: https://evil.example',
  '[^1]',
  '\\',
  '"',
  "'",
  ',',
  'word',
  'Ünïcödé',
  '42',
] as const;

/** Characters that nobody sees, or that reorder or break the text. */
export const invisibleCharacters =
  [
    '\u0000\u0007\u0008\u000B\u000C\u001B\u007F\u0085\u009B',
    '\u00AD\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u2028\u2029',
    '\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\u206A\uFEFF\uFFF9\u3164',
    '\u{E0041}\u{E007F}\u{E0100}\uDC00\uD800',
  ]
    .join('')
    .match(/./gsu) ?? [];

/** Texts of a hostile service, file or link. */
export const anyHostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...pieces) },
      fc.constantFrom(' ', '  ', '\n', '\r\n', '\t', '    '),
      fc.constantFrom(...invisibleCharacters),
      fc.constantFrom(...'[]()<>*_`~#+-.!:/\\$@&|=^{}"\''),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((all) => all.join(''));
