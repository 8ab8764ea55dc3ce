import type { SyntaxNode } from '@lezer/common';
import type { Range } from '../model.ts';
import { OPEN } from '../values.ts';

/** Escapes of characters. An escaped line break joins lines. */
const characters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
  '\r': '',
  '\r\n': '',
};

/** Decodes an escape of any language: `\n`, `\x41`, `\u{41}`, and `$${` of HCL. One without a character is unknown. */
export function decodeEscape(written: string): string {
  const [, digits] = /^\\(?:x|u|U|u\{)([0-9a-fA-F]+)\}?$/.exec(written) ?? [];
  if (digits !== undefined) {
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : OPEN;
  }
  const character = written.slice(1);
  return characters[character] ?? character;
}

/**
 * The range of a string without its quotes. `opening` is the length of the prefix and the first quote. A string that is
 * not closed ends with its line or the document.
 */
export function findInnerRange({ from, lastChild }: SyntaxNode, written: string, opening: number): Range {
  const prefix = written.slice(0, opening);
  const quote = prefix.replace(/^[a-zA-Z]+/, '');
  const isEscaped = lastChild?.name === 'Escape' && lastChild.to === from + written.length;
  const isClosed = written.length >= opening + quote.length && written.endsWith(quote) && !isEscaped;
  const end = isClosed ? written.length - quote.length : written.trimEnd().length;
  return { start: from + prefix.length, end: from + Math.max(prefix.length, end) };
}
