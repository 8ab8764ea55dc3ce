/** A text without escapes and white space. */
export interface DecodedText {
  readonly text: string;
  /** Where each character of `text` starts and ends in the source. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Proxies and services escape each other's messages. */
const maxNestedEscapes = 3;

/** A character or an escape. Every alternative has a bounded length, so that the time is linear. */
const token = /%[0-9a-f]{2}|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});|\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|.)|./gisu;

const ignorable = /^[\s\p{Cc}\p{Cf}]*$/u;

const htmlEntities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['sol', '/'],
  ['plus', '+'],
  ['equals', '='],
  ['nbsp', ' '],
]);

/**
 * Decodes percent-encoding and the escapes of HTML and JSON, also nested ones, and removes white space. The result before
 * each further level of escapes is returned as well, the last one completely decoded: what was decoded can look like an
 * escape together with the text around it, as `% AA` and `%%41A` do.
 */
export function decodeText(source: string): readonly DecodedText[] {
  const withoutSpace = removeSpace(source);
  // A line can break within an escape.
  const levels = decodeNested(withoutSpace, (text) => compose(decodeOnce(text), removeSpace));
  if (withoutSpace.text === source) return levels;
  const unchanged = convert(source, anyCharacter, (character) => character);
  return [...decodeNested(unchanged, decodeOnce).map((level) => compose(level, removeSpace)), ...levels];
}

const anyCharacter = /./gsu;

type Conversion = (source: string) => DecodedText;

const removeSpace: Conversion = (source) =>
  convert(source, anyCharacter, (character) => (ignorable.test(character) ? '' : character));

const decodeOnce: Conversion = (source) => convert(source, token, decodeToken);

/** Decodes until nothing changes, and returns every level. */
function decodeNested(source: DecodedText, decode: Conversion): DecodedText[] {
  const levels = [source];
  for (let last = source; levels.length <= maxNestedEscapes; ) {
    const next = compose(last, decode);
    if (next.text === last.text) break;
    levels.push(next);
    last = next;
  }
  return levels;
}

/** Converts a text further. The positions are those of its source. */
function compose(outer: DecodedText, conversion: Conversion): DecodedText {
  const { text, starts, ends } = conversion(outer.text);
  return {
    text,
    starts: starts.map((start) => outer.starts[start] ?? 0),
    ends: ends.map((end) => outer.ends[end - 1] ?? 0),
  };
}

/** Converts every match of a pattern. */
function convert(source: string, pattern: RegExp, toText: (match: string) => string): DecodedText {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: match, index } of source.matchAll(pattern)) {
    const part = toText(match);
    parts.push(part);
    // The characters of an unknown entity share one position.
    for (let unit = 0; unit < part.length; unit += 1) {
      starts.push(index);
      ends.push(index + match.length);
    }
  }
  return { text: parts.join(''), starts, ends };
}

function decodeToken(match: string): string {
  if (match.length < 2) return match;
  if (match.startsWith('%')) return fromCode(match.slice(1), 16);
  if (/^&#x/i.test(match)) return fromCode(match.slice(3, -1), 16);
  if (match.startsWith('&#')) return fromCode(match.slice(2, -1), 10);
  if (match.startsWith('&')) return htmlEntities.get(match.slice(1, -1).toLowerCase()) ?? match;
  if (/^\\[ux]./i.test(match)) return fromCode(match.slice(2), 16);
  // An escaped line break or tab is left out, like other white space; any other escape becomes its character.
  return match.startsWith('\\') ? match.slice(1).replace(/^[bfnrt]$/, '') : match;
}

const fromCode = (digits: string, radix: number): string =>
  String.fromCodePoint(Math.min(Number.parseInt(digits, radix), 0x10_ffff));
