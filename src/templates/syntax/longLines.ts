/** Characters. More than a template body in quotes has. */
const maxLineLength = 70_000;

/** An indented empty line. The parser reads a run of spaces at once, so it is short. */
const emptyLine = `\n${' '.repeat(9_999)}`;

/**
 * Replaces what is beyond the longest line that people write by empty lines, and keeps all offsets. The parser reads a
 * token at once, however long it is, and several times where it recovers from an error.
 */
export function maskLongLines(text: string): string {
  let masked = '';
  let end = 0;
  for (let start = 0; start + maxLineLength < text.length; ) {
    const cut = start + maxLineLength;
    const lineBreak = text.lastIndexOf('\n', cut);
    if (lineBreak >= start) start = lineBreak + 1;
    else {
      const next = text.indexOf('\n', cut);
      start = next < 0 ? text.length : next;
      masked +=
        text.slice(end, cut) + emptyLine.repeat(Math.ceil((start - cut) / emptyLine.length)).slice(0, start - cut);
      end = start;
    }
  }
  return masked + text.slice(end);
}
