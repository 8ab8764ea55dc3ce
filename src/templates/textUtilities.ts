/** Removes the first line's indentation from every line, as for YAML block scalars. */
export function dedent(text: string): string {
  const indent = /^[ \t]*(?=\S)/m.exec(text)?.[0].length ?? 0;
  return indent === 0 ? text : text.replaceAll(new RegExp(`^[ \\t]{1,${indent}}`, 'gm'), '');
}

/** The words of a text that are separated by single spaces. */
export const toSet = (words: string): ReadonlySet<string> => new Set(words.split(' '));
