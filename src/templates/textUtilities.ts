/** The size of a text in UTF-8, as the service counts it. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Each half of a surrogate pair accounts for two of the pair's four bytes.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** Removes the first line's indentation from every line, as for YAML block scalars. */
export function dedent(text: string): string {
  const indent = /^[ \t]*(?=\S)/m.exec(text)?.[0].length ?? 0;
  return indent === 0 ? text : text.replaceAll(new RegExp(`^[ \\t]{1,${indent}}`, 'gm'), '');
}
