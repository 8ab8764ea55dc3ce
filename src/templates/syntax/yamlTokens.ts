import { ExternalTokenizer, type InputStream, type LRParser, type Stack } from '@lezer/lr';
import { parser as packageParser } from '@lezer/yaml';
import * as char from './yamlCharacters.ts';
import { isBlank, isBreak, isPlain, isQuote, isSeparator, isSpace, isWord, toCodes } from './yamlCharacters.ts';
import { type Context, contextTracker, getContext, kinds, terms } from './yamlContext.ts';
import {
  findColumn,
  maxGap,
  maxKeyLength,
  maxPlainLength,
  maxTokenLength,
  startsEntry,
  startsLine,
  startsOuterLine,
} from './yamlText.ts';

// The grammar of `@lezer/yaml` is kept, but its tokenizers are replaced where they fail on documents that people edit:
// an unclosed bracket or quote takes the rest of the file, keys such as `${X}Pack:` are not keys, a key without its colon
// takes the lines below, and a long line is read again for each of its tokens.

/** Reads the marks before items and keys of block collections. */
const blockMarks = new ExternalTokenizer(
  (input, stack) => {
    const context = getContext(stack);
    if (context.type === kinds.flow) {
      if (input.next === char.question && isSeparator(input.advance())) input.acceptToken(terms.flowMapMark);
    } else if (input.next === char.dash) {
      if (!isSeparator(input.advance())) return;
      const isNext = context.type === kinds.sequence && context.depth === findColumn(input, -1);
      input.acceptToken(isNext ? terms.sequenceContinue : terms.sequenceStart);
    } else if (input.next === char.question) {
      if (!isSeparator(input.advance())) return;
      const isNext = context.type === kinds.map && context.depth === findColumn(input, -1);
      input.acceptToken(isNext ? terms.explicitMapContinue : terms.explicitMapStart);
    } else {
      const start = input.pos;
      if (!skipKey(input, stack)) return;
      const isNext = context.type === kinds.map && context.depth === findColumn(input, start - input.pos);
      input.acceptTokenTo(isNext ? terms.mapContinue : terms.mapStart, start);
    }
  },
  { contextual: true },
);

/** Skips a key. Returns whether it is one: whether a colon follows on its line. */
function skipKey(input: InputStream, stack: Stack): boolean {
  const start = input.pos;
  if (isBlank(input.next)) return false;
  for (let properties = 0; input.next === char.exclamation || input.next === char.ampersand; properties++) {
    if (properties === maxProperties) return false;
    readProperty(input);
    while (isBlank(input.next)) input.advance();
  }
  if (input.next === char.asterisk) readProperty(input);
  else if (isQuote(input.next)) {
    if (!readQuoted(input)) return false;
  } else if (input.next === char.openingBracket || input.next === char.openingBrace) {
    if (!skipBrackets(input)) return false;
  } else readPlain(input);
  while (isBlank(input.next)) input.advance();
  if (input.next !== char.colon || !isSeparator(input.peek(1))) return false;
  return input.pos > start || !stack.canShift(terms.colon);
}

/** A tag and an anchor. */
const maxProperties = 2;

/** Reads texts, anchors, aliases and tags. */
const literals = new ExternalTokenizer((input, stack) => {
  const context = getContext(stack);
  if (input.next === char.exclamation) {
    readProperty(input);
    input.acceptToken(terms.tag);
  } else if (input.next === char.ampersand || input.next === char.asterisk) {
    const term = input.next === char.ampersand ? terms.anchor : terms.alias;
    readProperty(input);
    input.acceptToken(term);
  } else if (isQuote(input.next)) {
    readQuoted(input, context);
    input.acceptToken(terms.quotedLiteral);
  } else {
    const start = input.pos;
    if (!readPlain(input, context)) return;
    const isIgnored = context.type !== kinds.flow && isHalfTypedKey(input, start - input.pos);
    input.acceptToken(isIgnored ? terms.comment : terms.literal);
  }
});

/** Reads a tag, an anchor or an alias. */
function readProperty(input: InputStream): void {
  const isVerbatim = input.next === char.exclamation && input.peek(1) === char.lessThan;
  input.advance();
  while (isPlain(input.next, !isVerbatim)) input.advance();
}

/**
 * Reads a quoted text up to its quote or, if that is missing, up to the end of the last line that it can contain. A key
 * (without a context) ends on its line. Returns whether the quote was found.
 */
function readQuoted(input: InputStream, context?: Context): boolean {
  const quote = input.next;
  const end = input.pos + (context === undefined ? maxKeyLength : maxTokenLength);
  input.advance();
  while (input.next >= 0 && input.pos <= end) {
    const code = input.next;
    if (isBreak(code) && (context === undefined || startsOuterLine(input, countBreak(input), context.column)))
      return false;
    input.advance();
    if (code === char.backslash && quote === char.doubleQuote && !isBreak(input.next)) input.advance();
    else if (code === quote) {
      if (quote === char.doubleQuote || input.next !== quote) return true;
      input.advance();
    }
  }
  return false;
}

/** The length of the line break at the input. */
const countBreak = (input: InputStream): number =>
  input.next === char.carriageReturn && input.peek(1) === char.lineFeed ? 2 : 1;

/** Reads a plain text and the lines that continue it. A key (without a context) ends on its line. */
function readPlain(input: InputStream, context?: Context): boolean {
  const inFlow = context?.type === kinds.flow;
  if (!startsPlain(input, inFlow, context)) return false;
  const start = input.pos;
  const end = start + (context === undefined ? maxKeyLength : maxPlainLength);
  for (let gap = 1; gap > 0; gap = measureGap(input, inFlow, start, context)) {
    input.advance(gap);
    while (isWord(input.next) && input.pos <= end) input.advance();
    if (input.pos > end) return context !== undefined;
  }
  return true;
}

function startsPlain(input: InputStream, inFlow: boolean, context: Context | undefined): boolean {
  if (softIndicators.includes(input.next)) return isPlain(input.peek(1), inFlow);
  // Only a value may start with `%`. Other lines with it are directives.
  if (input.next === char.percent) return context !== undefined && context.type !== kinds.top;
  return !indicators.includes(input.next) && isPlain(input.next, inFlow);
}

/** The length of the next character of a plain text and of the space before it. Negative if the text ends. */
function measureGap(input: InputStream, inFlow: boolean, start: number, context: Context | undefined): number {
  let gap = 0;
  let line = 0;
  for (let code = input.next; isSpace(code); code = input.peek(++gap)) {
    if (gap === maxGap) return -1;
    if (!isBreak(code)) continue;
    if (context === undefined) return -1;
    line = gap + 1;
  }
  const next = input.peek(gap);
  const isText =
    next === char.colon ? isPlain(input.peek(gap + 1), inFlow) : next === char.hash ? gap === 0 : isPlain(next, inFlow);
  if (!isText) return -1;
  if (line > 0 && context !== undefined) {
    if (startsOuterLine(input, line, context.column)) return -1;
    if (!inFlow && (gap - line <= context.depth || isNextEntry(input, line, gap, start - input.pos))) return -1;
  }
  return gap + 1;
}

/** Whether a key follows at the same column as a text that starts a line. */
function isNextEntry(input: InputStream, line: number, gap: number, start: number): boolean {
  return input.peek(gap) !== char.dash && startsLine(input, start, gap - line) && startsEntry(input, gap);
}

/** Whether the text before the input is a key without its colon, which is typed next: whether a key follows at its column. */
function isHalfTypedKey(input: InputStream, start: number): boolean {
  let gap = 0;
  let line = 0;
  for (let code = input.next; isSpace(code) && gap < maxGap; code = input.peek(++gap))
    if (isBreak(code)) line = gap + 1;
  return line > 0 && isNextEntry(input, line, gap, start);
}

/** Skips a flow collection on a line. Returns whether it is complete. */
function skipBrackets(input: InputStream): boolean {
  const end = input.pos + maxKeyLength;
  for (let depth = 0; input.pos < end && input.next >= 0 && !isBreak(input.next); ) {
    if (isQuote(input.next)) {
      if (!readQuoted(input)) return false;
      continue;
    }
    if (input.next === char.openingBracket || input.next === char.openingBrace) depth++;
    else if (input.next === char.closingBracket || input.next === char.closingBrace) depth--;
    input.advance();
    if (depth === 0) return true;
  }
  return false;
}

/** Characters that do not start a plain text. */
const indicators = toCodes(`,[]{}#&*!|>'"`);
/** Characters that start a plain text only before another character of it. */
const softIndicators = toCodes('-?:');

/** What all tokenizers of a parser have, external or not. */
interface Tokenizer {
  token(input: InputStream, stack: Stack): void;
  readonly contextual: boolean;
}

/** Closes flow collections at lines that belong to the block around them, where a bracket is missing. */
const closeFlows = (tokenizer: Tokenizer): ExternalTokenizer =>
  new ExternalTokenizer(
    (input, stack) => {
      const { type, column, close } = getContext(stack);
      const isCut = type === kinds.flow && isBreak(input.peek(-1)) && startsOuterLine(input, 0, column);
      if (isCut) input.acceptToken(close);
      else tokenizer.token(input, stack);
    },
    { contextual: tokenizer.contextual },
  );

/** The parser of `@lezer/yaml` with tokenizers that tolerate unfinished documents and bound the work for long lines. */
export const parser = createParser();

function createParser(): LRParser {
  // The package does not export its tokenizers. Their order is that of the grammar: marks are second, texts third.
  const { tokenizers } = packageParser as unknown as { tokenizers: readonly (Tokenizer & ExternalTokenizer)[] };
  const own = new Map<number, Tokenizer>([
    [1, blockMarks as unknown as Tokenizer],
    [2, literals as unknown as Tokenizer],
  ]);
  return packageParser.configure({
    contextTracker,
    tokenizers: tokenizers.map((from, index) => ({ from, to: closeFlows(own.get(index) ?? from) })),
  });
}
