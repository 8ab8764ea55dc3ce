import type { SyntaxNode } from '@lezer/common';
import type { Expression } from '../expressions/expression.ts';
import { maxParts } from '../values.ts';
import { getRange } from './tree.ts';

/** Converts the words of a command. Variables become names; what a command prints is unknown. */
export function readWords(command: SyntaxNode, text: string): readonly Expression[] {
  const words: Expression[] = [];
  for (let child = command.firstChild; child !== null && words.length < maxParts; child = child.nextSibling) {
    if (child.name === 'Word') words.push(toExpression(child, text));
  }
  return words;
}

function toExpression(word: SyntaxNode, text: string): Expression {
  const parts = joinTexts(readParts(word, text));
  const [part = ''] = parts;
  const inner = getInnerRange(word);
  if (parts.length > 1 || typeof part !== 'string') return { ...getRange(word), kind: 'template', parts, inner };
  return { ...getRange(word), kind: 'literal', value: part, inner };
}

/** The text of a word that is one quoted string, or else the whole word. */
function getInnerRange(word: SyntaxNode) {
  const { firstChild, lastChild } = word;
  const isQuoted = firstChild?.name === 'SingleQuoted' || firstChild?.name === 'DoubleQuoted';
  if (!isQuoted || lastChild?.from !== firstChild.from) return getRange(word);
  return { start: word.from + 1, end: Math.max(word.from + 1, word.to - 1) };
}

type Part = string | Expression;

/** Reads the parts of a word or of a string in double quotes. */
function readParts(node: SyntaxNode, text: string): Part[] {
  const parts: Part[] = [];
  for (let child = node.firstChild; child !== null && parts.length < maxParts; child = child.nextSibling) {
    if (child.name === 'DoubleQuoted') parts.push(...readParts(child, text));
    else if (!child.type.isError) parts.push(toPart(child, text.slice(child.from, child.to)));
  }
  return parts;
}

function toPart(node: SyntaxNode, written: string): Part {
  const range = getRange(node);
  switch (node.name) {
    case 'SingleQuoted':
      return written.slice(1, -1);
    case 'Escape':
      return written.slice(1);
    case 'Variable':
      return { ...range, kind: 'name', name: written.slice(1) };
    case 'Parameter':
      return toParameter(range, written);
    case 'Substitution':
      return { ...range, kind: 'unknown' };
    default:
      return written;
  }
}

/** Converts `${NAME}` and `${NAME:-default}`. Other forms change the value in ways that are not followed. */
function toParameter(range: { start: number; end: number }, written: string): Expression {
  const [, name = '', rest = ''] = /^\$\{(\w+)(.*)\}$/s.exec(written) ?? [];
  const [, value] = /^:?-([^$"'`\\]*)$/.exec(rest) ?? [];
  if (name === '' || (rest !== '' && value === undefined)) return { ...range, kind: 'unknown' };
  const variable: Expression = { ...range, kind: 'name', name };
  if (value === undefined) return variable;
  return { ...range, kind: 'binary', operator: '??', left: variable, right: { ...range, kind: 'literal', value } };
}

function joinTexts(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}
