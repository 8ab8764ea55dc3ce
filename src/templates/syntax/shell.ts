import type { SyntaxNode } from '@lezer/common';
import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import { replacePlaceholders } from '../placeholders.ts';
import { maxParts, OPEN } from '../values.ts';
import { decodeEscape } from './strings.ts';
import { getRange } from './tree.ts';

/** A word of a command. */
export interface Word {
  readonly value: Expression;
  readonly assignment: WordAssignment | undefined;
}

/** `NAME=value`, `NAME+=value`, `NAME[key]=value` or `--option=value`. */
export interface WordAssignment {
  readonly name: string;
  readonly value: Expression;
  readonly isAppended: boolean;
  /** Whether one element of an array is assigned. Its value is unknown. */
  readonly isElement: boolean;
}

/** A word that is known and has no variables. */
export const getText = (word: Word | undefined): string | undefined =>
  word?.value.kind === 'literal' ? String(word.value.value) : undefined;

export const isText = (word: Word | undefined, text: string): boolean => getText(word) === text;

/** Converts the words of a command. Variables become names; what another command prints is unknown. */
export function readWords(command: SyntaxNode, text: string, maxWords = maxParts): readonly Word[] {
  const words: Word[] = [];
  for (let child = command.firstChild; child !== null && words.length < maxWords; child = child.nextSibling) {
    if (child.name === 'Word') words.push(readWord(child, text));
  }
  return words;
}

function readWord(word: SyntaxNode, text: string): Word {
  const { firstChild, to } = word;
  const written = firstChild?.name === 'Text' ? text.slice(firstChild.from, firstChild.to) : '';
  const [start, name = '', operator] = /^(-{0,2}[A-Za-z_][\w-]*)(\+?=)/.exec(written) ?? [];
  const value = toExpression(word.from, to, readParts(word, text), firstChild);
  const [, array] = /^([A-Za-z_]\w*)\[[^\]]*\]\+?=/.exec(text.slice(word.from, to)) ?? [];
  if (array !== undefined) {
    const unknown: Expression = { start: to, end: to, kind: 'unknown' };
    return { value, assignment: { name: array, value: unknown, isAppended: false, isElement: true } };
  }
  if (start === undefined || firstChild === null) return { value, assignment: undefined };
  const [, ...others] = readParts(word, text);
  const rest = written.slice(start.length);
  const parts = rest === '' ? others : [rest, ...others];
  const first = rest === '' ? firstChild.nextSibling : firstChild;
  return {
    value,
    assignment: {
      name,
      value: toExpression(word.from + start.length, to, parts, first),
      isAppended: operator === '+=',
      isElement: false,
    },
  };
}

/** Joins the parts of a word between two offsets. If `first` is a quoted string and the whole word, its quotes are left out. */
function toExpression(start: number, end: number, parts: readonly Part[], first: SyntaxNode | null): Expression {
  const isQuoted = (first?.name === 'SingleQuoted' || first?.name === 'DoubleQuoted') && first.to === end;
  const inner = isQuoted ? { start: start + 1, end: Math.max(start + 1, end - 1) } : { start, end };
  return parts.every((part) => typeof part === 'string')
    ? { start, end, kind: 'literal', value: parts.join(''), inner }
    : { start, end, kind: 'template', parts, inner };
}

type Part = string | Expression;

/** Reads the parts of a word or of a string in double quotes. */
function readParts(node: SyntaxNode, text: string): Part[] {
  const parts: Part[] = [];
  for (let child = node.firstChild; child !== null && parts.length < maxParts; child = child.nextSibling) {
    if (child.name === 'DoubleQuoted') parts.push(...readParts(child, text));
    // `$"…"` is translated.
    else if (child.name === 'Dollar' && child.nextSibling?.name === 'DoubleQuoted') continue;
    else if (!child.type.isError) parts.push(toPart(child, text.slice(child.from, child.to), node.name === 'Word'));
  }
  return parts;
}

/** Without quotes, the value of a variable is split into words, like a list that is spread. */
const toUnquoted = (of: Expression): Expression => ({ start: of.start, end: of.end, kind: 'spread', of });

/** The variable of a part, with or without quotes. */
export const getVariable = (part: Expression): Expression => (part.kind === 'spread' ? part.of : part);

function toPart(node: SyntaxNode, written: string, isUnquoted: boolean): Part {
  const range = getRange(node);
  switch (node.name) {
    case 'SingleQuoted':
      return written.slice(1, -1);
    case 'AnsiQuoted':
      return written.slice(2, -1).replaceAll(ansiEscape, decodeAnsiEscape);
    case 'Escape':
      return written.slice(1);
    case 'Variable': {
      const variable: Expression = { ...range, kind: 'name', name: written.slice(1) };
      return isUnquoted ? toUnquoted(variable) : variable;
    }
    case 'Parameter': {
      const parameter = toParameter(range, written);
      return isUnquoted ? toUnquoted(parameter) : parameter;
    }
    case 'Substitution':
      return { ...range, kind: 'unknown' };
    case 'Text':
      return isExpanded(written) ? { ...range, kind: 'unknown' } : toText(written);
    default:
      // A command in backquotes.
      return written.includes('`') ? { ...range, kind: 'unknown' } : toText(written);
  }
}

/** Matches an escape of `$'…'`. */
const ansiEscape = /\\(?:[0-7]{1,3}|x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|[\s\S])/g;

const decodeAnsiEscape = (written: string): string =>
  /^\\[0-7]/.test(written) ? String.fromCharCode(Number.parseInt(written.slice(1), 8)) : decodeEscape(written);

/** Matches what documentation writes where the reader puts a name: `YOUR_PACK_NAME`. No name has an underscore. */
const blank = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;

const toText = (written: string): string => (blank.test(written) ? OPEN : replacePlaceholders(written));

/** Whether the shell replaces a text by file names or several words, or `$names[i]` by an element. */
const isExpanded = (written: string): boolean =>
  written !== '{' && written !== '}' && /[*?[\]{}~^]/.test(replacePlaceholders(written));

/** Matches a variable or an element of an array, and what is done with it. */
const parameter = /^\$\{(?<keys>!?)(?<name>\w+)(?:\[["']?(?<index>[^\]"']*)["']?\])?(?<rest>.*)\}$/s;

/** The indexes of all elements of an array, and of its keys. */
export const allElements = '@';
export const allKeys = '!';

/** What an element with a key that is known only later is called by: `${NAME[$KEY]}`. */
export const elementOperator = '[]';

const defaultValue = /^:?[-=](?:(?<quote>["'])(?<quoted>[^$"'`\\]*)\k<quote>|(?<plain>[^$"'`\\]*))$/;

/** Matches `,,`, `%suffix`, `#prefix`, `//old/new` with plain texts. */
const textChange = /^(?<operator>,,|\^\^|%%?|##?|\/\/)(?<pattern>[\w .:-]*)(?:\/(?<replacement>[\w .:-]*))?$/;

/** Converts a parameter. Forms with patterns, and those that name another variable, are unknown. */
function toParameter(range: Range, written: string): Expression {
  const { keys, name, index, rest = '' } = parameter.exec(written)?.groups ?? {};
  // `${!NAME}` is what another variable contains.
  if (name === undefined || (keys === '!' && index === undefined)) return { ...range, kind: 'unknown' };
  const toLiteral = (value: string): Expression => ({ ...range, kind: 'literal', value });
  const plain: Expression & { kind: 'name' } = { ...range, kind: 'name', name };
  const variable = index === undefined ? plain : toElement(plain, keys === '!' ? allKeys : index);
  if (rest === '') return variable;
  const fallback = defaultValue.exec(rest)?.groups;
  if (fallback !== undefined) {
    const right = toLiteral(fallback.quoted ?? fallback.plain ?? '');
    return { ...range, kind: 'binary', operator: '??', left: variable, right };
  }
  const { operator, pattern = '', replacement = '' } = textChange.exec(rest)?.groups ?? {};
  if (operator === undefined) return { ...range, kind: 'unknown' };
  const values = [variable, toLiteral(pattern), toLiteral(replacement)];
  const callee: Expression = { ...range, kind: 'name', name: operator };
  return { ...range, kind: 'call', callee, arguments: values.map((value) => ({ name: undefined, value })) };
}

/** An element of an array: `${NAME[@]}`, `${NAME[1]}` or `${NAME[$KEY]}`. */
function toElement(array: Expression & { kind: 'name' }, index: string): Expression {
  const { start, end, name } = array;
  const [, key] = /^\$\{?(\w+)\}?$/.exec(index) ?? [];
  if (key === undefined) {
    const isKnown = index === allKeys || /^-?\w+$/.test(index);
    return {
      start,
      end,
      kind: 'member',
      of: array,
      key: { start, end, kind: 'literal', value: isKnown ? index : allElements },
    };
  }
  const values: Expression[] = [
    { start, end, kind: 'literal', value: name },
    { start, end, kind: 'name', name: key },
  ];
  const callee: Expression = { start, end, kind: 'name', name: elementOperator };
  return { start, end, kind: 'call', callee, arguments: values.map((value) => ({ name: undefined, value })) };
}
