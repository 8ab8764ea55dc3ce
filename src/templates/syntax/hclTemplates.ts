import type { SyntaxNode } from '@lezer/common';
import type { Expression } from '../expressions/expression.ts';
import { OPEN } from '../values.ts';

/** Converts the pieces of a template. A directive (`%{ … }`) may leave out or repeat the text around it. */
export const toTemplateParts = (
  pieces: readonly SyntaxNode[],
  read: (node: SyntaxNode) => string,
  convert: (node: SyntaxNode) => Expression,
): readonly (string | Expression)[] =>
  pieces.map((piece) => {
    const written = read(piece);
    if (piece.name === 'StringContent') return written;
    if (piece.name === 'Escape') return decodeEscape(written);
    const expression = piece.name === 'Interpolation' ? piece.getChild('Expression') : null;
    return expression === null ? OPEN : convert(expression);
  });

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Decodes `\n`, `\u0041`, `$${` and the like. */
function decodeEscape(written: string): string {
  if (!written.startsWith('\\')) return written.slice(1);
  const letter = written.charAt(1);
  if (letter !== 'u' && letter !== 'U') return escapes[letter] ?? letter;
  const codePoint = Number.parseInt(written.slice(2), 16);
  return codePoint > 0 && codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : OPEN;
}
