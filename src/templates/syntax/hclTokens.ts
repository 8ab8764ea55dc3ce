import { ContextTracker, ExternalTokenizer, type InputStream } from '@lezer/lr';
import { beginsBlock, beginsLoop, beginsStatement, closesBlock, isBlank, isLineEnd, isWord } from './hclLookahead.ts';
import * as terms from './hclTerms.ts';

// What a line end and a quote mean in HCL depends on the brackets around them. Half-typed brackets and strings end
// where a new statement begins, so that an error does not spread.

const kinds = ['statements', 'loop', 'bracket', 'string', 'heredoc', 'template', 'interpolation', 'comment'] as const;
type Kind = (typeof kinds)[number];

/** The innermost bracket or string around a position. */
class Scope {
  readonly parent: Scope | undefined;
  readonly kind: Kind;
  /** The offset of the bracket or quote. */
  readonly start: number;
  /** The word that ends a heredoc. */
  readonly word: string;
  readonly depth: number;
  readonly hash: number;

  constructor(parent: Scope | undefined, kind: Kind, start = -1, word = '') {
    this.parent = parent;
    this.kind = kind;
    this.start = start;
    this.word = word;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    let hash = Math.imul(parent?.hash ?? 7, 31) + kinds.indexOf(kind);
    for (let at = 0; at < word.length; at++) hash = Math.imul(hash, 31) + word.charCodeAt(at);
    // Syntax trees store hashes of 31 bits.
    this.hash = hash >>> 1;
  }

  /** The scope without the round and square brackets around a position, which end with their statement. */
  leaveBrackets(): Scope {
    let scope: Scope = this;
    while (scope.parent !== undefined && (scope.kind === 'bracket' || scope.kind === 'loop')) scope = scope.parent;
    return scope;
  }

  /** Whether this is within an interpolation of a quoted string. */
  isInterpolated(): boolean {
    const { kind, parent } = this.leaveBrackets();
    return kind === 'interpolation' && parent?.kind === 'string';
  }
}

const file = new Scope(undefined, 'statements');

/** Depth of brackets and strings. Deeper ones are skipped, since syntax trees are built recursively. */
const maxDepth = 100;

const createTracker = (start: Scope) =>
  new ContextTracker<Scope>({
    start,
    shift(scope, term, _stack, input) {
      switch (term) {
        case terms.ParenL:
        case terms.BracketL:
          return new Scope(scope, 'bracket', input.pos);
        case terms.BraceL:
          return new Scope(scope, beginsLoop(input) ? 'loop' : 'statements', input.pos);
        case terms.stringStart:
          return new Scope(scope, 'string', input.pos);
        case terms.interpolationStart:
        case terms.directiveStart:
          return new Scope(scope, 'interpolation', input.pos);
        case terms.heredocStart:
          return new Scope(scope, 'heredoc', input.pos, readHeredocWord(input));
        case terms.commentPart:
          return scope.kind === 'comment' ? scope : new Scope(scope, 'comment', input.pos);
        case terms.BlockComment:
          return scope.kind === 'comment' && scope.parent !== undefined ? scope.parent : scope;
        case terms.newline:
          return scope.leaveBrackets();
        default:
          return scope;
      }
    },
    // A bracket ends with its node, closed or not.
    reduce(scope, _term, _stack, input) {
      let outer = scope;
      while (outer.parent !== undefined && outer.start >= input.pos) outer = outer.parent;
      return outer;
    },
    hash: ({ hash }) => hash,
    // A subtree is reused only within the same brackets.
    strict: true,
  });

export const trackScopes = createTracker(file);

/** For a parser of templates, as in the strings of `.tf.json`. */
export const trackTemplateScopes = createTracker(new Scope(undefined, 'template'));

/** The word of a heredoc at the current offset. Only its first characters tell it apart. */
function readHeredocWord(input: InputStream): string {
  let at = input.peek(2) === hyphen ? 3 : 2;
  let word = '';
  while (isWord(input.peek(at)) && word.length < maxWordLength) word += String.fromCharCode(input.peek(at++));
  return word;
}

const maxWordLength = 100;

/** Characters of a token, which is read at once. A longer text or comment has several. */
const maxTokenLength = 50_000;

/** Comments of more than one line. */
export const comments = new ExternalTokenizer(
  (input, stack) => {
    const scope: Scope = stack.context;
    if (scope.kind !== 'comment') {
      if (input.next !== slash || input.peek(1) !== asterisk) return;
      input.advance(2);
    }
    for (const end = input.pos + maxTokenLength; input.next >= 0; input.advance()) {
      if (input.next === asterisk && input.peek(1) === slash) return input.acceptToken(terms.BlockComment, 2);
      if (input.pos === end) return input.acceptToken(terms.commentPart);
    }
    input.acceptToken(terms.BlockComment);
  },
  { contextual: true },
);

/** Line ends, and the end of brackets that are not closed. */
export const lineEnds = new ExternalTokenizer(
  (input, stack) => {
    const scope: Scope = stack.context;
    const { next } = input;
    const isEnd = next < 0;
    if (scope.depth >= maxDepth && isOpening(next)) {
      while (isOpening(input.next)) input.advance();
      input.acceptToken(terms.tooDeep);
    } else if (isEnd || isLineEnd(next)) {
      if (scope.kind === 'statements' && stack.canShift(terms.missingValue)) input.acceptToken(terms.missingValue);
      else if (isEnd) {
        if (scope.parent !== undefined && scope.kind !== 'string' && scope.kind !== 'heredoc')
          input.acceptToken(terms.bracketBroken);
      } else if (scope.kind === 'statements') input.acceptToken(terms.newline, 1);
      else if (!endsBrackets(input, scope)) input.acceptToken(terms.newlineInBrackets, 1);
      else if (stack.canShift(terms.bracketBroken)) input.acceptToken(terms.bracketBroken);
      else input.acceptToken(terms.newline, 1);
    } else if (
      scope.parent !== undefined &&
      scope.kind === 'statements' &&
      isLineEnd(input.peek(-1)) &&
      beginsBlock(input)
    )
      input.acceptToken(terms.bracketBroken);
    else if (next === quote && scope.isInterpolated() && isLastOfLine(input)) input.acceptToken(terms.bracketBroken);
  },
  { contextual: true },
);

/** Whether the brackets around a line end are not closed, because the next line begins a statement. */
const endsBrackets = (input: InputStream, scope: Scope): boolean =>
  beginsStatement(input)
    ? scope.kind !== 'interpolation' || scope.isInterpolated()
    : scope.isInterpolated() && closesBlock(input);

/** A string's end in an interpolation that is not closed: no string begins at the end of a line. */
function isLastOfLine(input: InputStream): boolean {
  let at = 1;
  while (isBlank(input.peek(at))) at++;
  return input.peek(at) < 0 || isLineEnd(input.peek(at));
}

const isOpening = (code: number): boolean => code === 40 || code === 91 || code === 123;

/** The contents of quoted strings and heredocs. */
export const strings = new ExternalTokenizer(
  (input, stack) => {
    const scope: Scope = stack.context;
    if (scope.kind !== 'string' && scope.kind !== 'heredoc' && scope.kind !== 'template') return;
    const start = input.pos;
    const end = start + maxTokenLength;
    while (!acceptSpecial(input, scope, start)) {
      if (input.pos >= end) return input.acceptToken(terms.StringContent);
      // Nothing special begins within a word.
      const inWord = isWord(input.next);
      do input.advance();
      while (inWord && isWord(input.next) && input.pos < end);
    }
  },
  { contextual: true },
);

/** Accepts the text before something that is not plain text, or else that itself. */
function acceptSpecial(input: InputStream, scope: Scope, start: number): boolean {
  const found = findEnd(input, scope) ?? findInterpolation(input, scope);
  if (found === undefined) return false;
  if (input.pos > start) input.acceptToken(terms.StringContent);
  else if (found.term !== undefined) input.acceptToken(found.term, found.length);
  return true;
}

interface Special {
  /** Undefined for the end of a template. */
  readonly term: number | undefined;
  readonly length: number;
}

function findEnd(input: InputStream, { kind, word }: Scope): Special | undefined {
  if (kind === 'string') return findInString(input);
  if (kind === 'heredoc') return findInHeredoc(input, word);
  return input.next < 0 ? { term: undefined, length: 0 } : undefined;
}

function findInString(input: InputStream): Special | undefined {
  const { next } = input;
  if (next === quote) return { term: terms.stringEnd, length: 1 };
  if (next < 0 || isLineEnd(next)) return { term: terms.stringBroken, length: 0 };
  if (next !== backslash) return undefined;
  const letter = input.peek(1);
  if (letter < 0 || isLineEnd(letter)) return { term: terms.StringContent, length: 1 };
  const maxLength = letter === 117 ? 6 : letter === 85 ? 10 : 2;
  let length = 2;
  while (length < maxLength && isHexadecimal(input.peek(length))) length++;
  return { term: terms.Escape, length };
}

const isHexadecimal = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

function findInHeredoc(input: InputStream, word: string): Special | undefined {
  if (input.next < 0) return { term: terms.heredocBroken, length: 0 };
  if (!isLineEnd(input.peek(-1))) return undefined;
  let at = 0;
  while (isBlank(input.peek(at))) at++;
  for (let index = 0; index < word.length; index++) if (input.peek(at++) !== word.charCodeAt(index)) return undefined;
  return isWord(input.peek(at)) ? undefined : { term: terms.heredocEnd, length: at };
}

function findInterpolation(input: InputStream, { depth }: Scope): Special | undefined {
  const { next } = input;
  if (next !== dollar && next !== percent) return undefined;
  if (input.peek(1) === next && input.peek(2) === openBrace) return { term: terms.Escape, length: 3 };
  if (input.peek(1) !== openBrace || depth >= maxDepth) return undefined;
  return { term: next === dollar ? terms.interpolationStart : terms.directiveStart, length: 2 };
}

/** The start of a quoted string or a heredoc. */
export const stringStarts = new ExternalTokenizer((input) => {
  if (input.next === quote) input.acceptToken(terms.stringStart, 1);
  if (input.next !== less || input.peek(1) !== less) return;
  const from = input.peek(2) === hyphen ? 3 : 2;
  let at = from;
  while (isWord(input.peek(at))) at++;
  if (at === from) return;
  while (isBlank(input.peek(at))) at++;
  if (!isLineEnd(input.peek(at))) return;
  const isPair = input.peek(at) === 13 && input.peek(at + 1) === 10;
  input.acceptToken(terms.heredocStart, isPair ? at + 2 : at + 1);
});

const [quote, dollar, percent, asterisk, hyphen, slash, less, backslash, openBrace] = [
  34, 36, 37, 42, 45, 47, 60, 92, 123,
];
