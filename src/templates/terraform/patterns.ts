import { isOpen, OPEN, type Value } from '../values.ts';

/**
 * Terraform's regular expressions are RE2, which takes linear time. Ours backtrack, so only patterns are run that
 * cannot take long: without alternatives in groups, repeated groups, and with at most two repetitions.
 */
const escaped = String.raw`\\[dwsDWS.^$*+?()[\]{}|/\\_-]`;
const characterClass = String.raw`\[\^?(?:${escaped}|[^\\[\]])+\]`;
const atom = String.raw`(?:${characterClass}|${escaped}|[^\\^$*+?()[\]{}|])`;
const repetition = String.raw`(?:[*+?]|\{\d{1,2}(?:,\d{0,2})?\})\??`;
const tokens = new RegExp(`(${atom})(${repetition})?|[|()^$]`, 'gy');

/** A character or a run of characters: the patterns that can be replaced between unknown parts. */
const singleCharacter = new RegExp(String.raw`^${atom}(\+?)$`);

const maxPatternLength = 100;
/** The maximum length of a pack's name. */
const maxTextLength = 256;
/** The search for the start of a match counts as one. */
const maxRepetitions = 2;

/** Replaces the matches of a regular expression. Unknown if that may take long or depends on unknown parts. */
export function replaceMatches(text: string, pattern: string, replacement: string): string {
  const expression = createExpression(pattern);
  if (expression === undefined || text.length > maxTextLength || matchesEmptyText(pattern, expression)) return OPEN;
  const expand = (match: string, ...more: unknown[]) => expandReplacement(replacement, [match, ...more]);
  if (!isOpen(text)) return text.replaceAll(expression, expand);
  const [, plus] = singleCharacter.exec(pattern) ?? [];
  // An unknown part may extend a run, which `$0` would contain.
  if (plus === undefined || (plus !== '' && replacement.includes('$'))) return OPEN;
  const segments = text.split(OPEN).map((segment, index) => {
    // A run may begin before the unknown part.
    const start = plus !== '' && index > 0 && segment.search(expression) === 0 ? findMatchEnd(segment, expression) : 0;
    return segment.slice(start).replaceAll(expression, expand);
  });
  return segments.join(OPEN);
}

const findMatchEnd = (text: string, expression: RegExp): number =>
  text.match(new RegExp(expression, ''))?.[0].length ?? 0;

/** The first match of a regular expression: a text, or a list of the groups if there are any. */
export function findMatch(text: string, pattern: string): Value {
  const expression = createExpression(pattern);
  if (expression === undefined || isOpen(text) || text.length > maxTextLength) return OPEN;
  const match = expression.exec(text);
  return match === null ? OPEN : toMatchValue(match);
}

/** All matches of a regular expression. */
export function findMatches(text: string, pattern: string): Value {
  const expression = createExpression(pattern);
  if (expression === undefined || isOpen(text) || text.length > maxTextLength) return OPEN;
  return matchesEmptyText(pattern, expression) ? OPEN : [...text.matchAll(expression)].map(toMatchValue);
}

const toMatchValue = ([whole, ...groups]: RegExpMatchArray): Value =>
  groups.length === 0 ? whole : groups.map((group) => group ?? null);

/** After a match, RE2 and JavaScript differ in whether an empty match follows. */
const matchesEmptyText = (pattern: string, expression: RegExp): boolean =>
  !/^\^[^|]*$/.test(pattern) && ''.search(expression) === 0;

function createExpression(pattern: string): RegExp | undefined {
  if (pattern.length > maxPatternLength || isOpen(pattern) || !isCheap(pattern)) return undefined;
  try {
    return new RegExp(pattern, 'g');
  } catch {
    return undefined;
  }
}

function isCheap(pattern: string): boolean {
  let depth = 0;
  let repetitions = 1;
  let end = 0;
  let start = 0;
  for (const { 0: token, 2: repeated } of pattern.matchAll(tokens)) {
    if (token === '^' && end > start) return false;
    if (token === '^') repetitions = 0;
    else if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (repeated !== undefined) repetitions++;
    end += token.length;
    if (repetitions > maxRepetitions || (token === '|' && depth > 0)) return false;
    if (token === '|') [start, repetitions] = [end, 1];
  }
  return end === pattern.length;
}

/** `$1`, `${1}` and `$$` as in RE2, where `$1x` is a group named `1x`, which does not exist. */
const expandReplacement = (replacement: string, groups: readonly unknown[]): string =>
  replacement.replaceAll(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    if (name === undefined) return whole.slice(1);
    const group = /^\d+$/.test(name) ? groups[Number(name)] : undefined;
    return typeof group === 'string' ? group : '';
  });
