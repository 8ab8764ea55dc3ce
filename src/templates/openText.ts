import { OPEN, openParts } from './values.ts';

// Text functions for texts with unknown parts. The result is a text that the result for every substitution of the
// unknown parts matches.

/** Removes characters from both ends. What is unknown at an end may consist of these characters. */
const trimEnds = (text: string, isTrimmed: (character: string) => boolean): string =>
  trimEnd(reverse(trimEnd(reverse(text), isTrimmed)), isTrimmed);

/** Removes spaces from both ends. */
export const trimSpaces = (text: string): string => trimEnds(text, (character) => /\s/.test(character));

/** Removes some characters from both ends. */
export const trimCharacters = (text: string, characters: string): string =>
  characters.includes(OPEN) ? OPEN : trimEnds(text, (character) => characters.includes(character));

/** Removes characters from the end. */
export function trimEnd(text: string, isTrimmed: (character: string) => boolean): string {
  let at = text.length;
  while (at > 0 && (text.charAt(at - 1) === OPEN || isTrimmed(text.charAt(at - 1)))) at--;
  return text.slice(0, at) + (text.slice(at).includes(OPEN) ? OPEN : '');
}

export function trimPrefix(text: string, prefix: string): string {
  if (prefix.includes(OPEN)) return OPEN;
  // Two unknown parts without anything between are one.
  if (text.includes(OPEN + OPEN)) return trimPrefix(text.replaceAll(openParts, OPEN), prefix);
  const open = text.indexOf(OPEN);
  const head = open < 0 ? text : text.slice(0, open);
  if (head.startsWith(prefix)) return text.slice(prefix.length);
  if (open < 0 || !prefix.startsWith(head)) return text;
  const rest = text.slice(open + 1);
  // The prefix may end in the text after the unknown part.
  return OPEN + rest.slice(countOverlap(prefix, rest));
}

export const trimSuffix = (text: string, suffix: string): string => reverse(trimPrefix(reverse(text), reverse(suffix)));

/** How many characters of the text may be the last ones of the prefix. */
function countOverlap(prefix: string, text: string): number {
  const next = text.indexOf(OPEN);
  const known = next < 0 ? text : text.slice(0, next);
  for (let length = prefix.length; length > 0; length--) {
    const end = prefix.slice(-length);
    if (known.startsWith(end)) return length;
    if (next >= 0 && end.startsWith(known)) return next;
  }
  return 0;
}

/** Replaces every occurrence of a text. An occurrence may reach into an unknown part. */
export function replaceText(text: string, search: string, replacement: string): string {
  if (search.includes(OPEN) || (search === '' && text.includes(OPEN))) return OPEN;
  const segments = text.split(OPEN);
  const replaced = segments.map((segment, index) => {
    const isLast = index === segments.length - 1;
    if (index > 0 && mayContinueMatch(segment, search, !isLast)) return OPEN;
    if (isLast) return segment.replaceAll(search, () => replacement);
    const end = segment.slice(findLastMatchEnd(segment, search));
    const cut = countSharedEnd(end, search);
    return segment.slice(0, segment.length - cut).replaceAll(search, () => replacement);
  });
  return replaced.join(OPEN);
}

/** Whether an occurrence that begins in the unknown part before the segment may end in it or after it. */
function mayContinueMatch(segment: string, search: string, isOpenAfter: boolean): boolean {
  for (let length = 1; length < search.length; length++) {
    const end = search.slice(-length);
    if (segment.startsWith(end) || (isOpenAfter && end.startsWith(segment))) return search.length > 1;
  }
  return false;
}

/** Where the last of the occurrences ends that a replacement from the left finds. */
function findLastMatchEnd(segment: string, search: string): number {
  let end = 0;
  for (let at = segment.indexOf(search); at >= 0; at = segment.indexOf(search, end)) end = at + search.length;
  return end;
}

/** How many last characters of the segment are the first ones of the search text. */
function countSharedEnd(segment: string, search: string): number {
  for (let length = Math.min(segment.length, search.length - 1); length > 0; length--) {
    if (segment.endsWith(search.slice(0, length))) return length;
  }
  return 0;
}

/** A part of a text. `length` is undefined for the rest. A negative offset counts from the end. */
export function getSubstring(text: string, offset: number, length: number | undefined): string {
  const open = text.indexOf(OPEN);
  if (open < 0) {
    const rest = text.slice(offset);
    return length === undefined ? rest : rest.slice(0, length);
  }
  if (offset < 0 || offset > open) return OPEN;
  if (length === undefined) return text.slice(offset);
  return offset + length <= open ? text.slice(offset, offset + length) : text.slice(offset, open) + OPEN;
}

/** Whether a text contains the parts in this order, the first at its start and the last at its end. */
export function matchesParts([first = '', ...others]: readonly string[], text: string): boolean {
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const index = text.indexOf(part, at);
    if (index < 0) return false;
    at = index + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Reverses the order of the UTF-16 units: only to apply a function for one end to the other. */
function reverse(text: string): string {
  let reversed = '';
  for (let at = text.length - 1; at >= 0; at--) reversed += text.charAt(at);
  return reversed;
}
