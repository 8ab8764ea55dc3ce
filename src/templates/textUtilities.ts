/** The size of a text as the service counts it, in UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Half of a surrogate pair is two of the pair's four bytes.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** Takes the first line's indentation off every line, as a block text in a template is read. */
export function dedent(text: string): string {
  const indent = /^[ \t]*(?=\S)/m.exec(text)?.[0].length ?? 0;
  return indent === 0 ? text : text.replaceAll(new RegExp(`^[ \\t]{1,${indent}}`, 'gm'), '');
}
