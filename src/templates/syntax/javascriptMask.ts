/** Characters of a line times its slashes. Lines of more are data, such as minified code. */
const maxLineCost = 100_000;

/** Shorter lines cannot cost as much. */
const minLineLength = Math.floor(Math.sqrt(maxLineCost));

/**
 * Blanks lines with too many slashes for their length. At each slash, the parser may look for a regular expression up to
 * the end of the line, which would take minutes in a hostile file.
 */
export function maskCostlyLines(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    if (end - start > minLineLength && isCostly(text.slice(start, end))) {
      parts.push(text.slice(kept, start), ' '.repeat(end - start));
      kept = end;
    }
    start = end + 1;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(kept);
}

const isCostly = (line: string): boolean => (line.split('/').length - 1) * line.length > maxLineCost;
