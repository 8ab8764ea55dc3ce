const isWordCharacter = (character: string): boolean => /[\w$\u00a1-\uffff]/.test(character);

/** Characters. Longer words are not names. */
const maxLength = 100;

/** The start and end of the word around an offset. */
export function findWord(text: string, at: number): { start: number; end: number } {
  let start = at;
  let end = at;
  while (start > 0 && at - start < maxLength && isWordCharacter(text.charAt(start - 1))) start--;
  while (end < text.length && end - at < maxLength && isWordCharacter(text.charAt(end))) end++;
  return { start, end };
}

/** Searches of a text for one word. */
const maxSearches = 50_000;

/** The offsets of a whole word. `limit` is the largest number that is of use: undefined if there are more. */
export function findOccurrences(text: string, word: string, limit: number): readonly number[] | undefined {
  if (word === '') return [];
  const offsets: number[] = [];
  let searches = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (++searches > maxSearches) return undefined;
    const isWhole = !isWordCharacter(text.charAt(at - 1)) && !isWordCharacter(text.charAt(at + word.length));
    if (isWhole) offsets.push(at);
    if (offsets.length > limit) return undefined;
  }
  return offsets;
}
