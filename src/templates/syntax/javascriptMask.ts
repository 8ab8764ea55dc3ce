/** Characters that are read for the regular expressions of a line. Lines of more are data, such as minified code. */
const maxLineCost = 100_000;

/** Shorter lines cannot cost as much. */
const minLineLength = Math.floor(Math.sqrt(maxLineCost));

/**
 * Blanks lines that would take minutes in a hostile file: at each slash, the parser may look for the end of a regular
 * expression, which is another slash or the end of the line.
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

/** Whether too many characters follow all slashes of a line up to the next slash outside of `[…]`. */
function isCostly(line: string): boolean {
  let cost = 0;
  // Where a regular expression ends that has its next character here, or one with a class: `[` and what follows.
  let [end, endOfClass] = [line.length, line.length];
  let [nextEnd, nextEndOfClass] = [end, endOfClass];
  for (let at = line.length - 1; at >= 0; at--) {
    const character = line.charAt(at);
    const before = [end, endOfClass] as const;
    if (character === '/') {
      cost += end - at;
      end = at;
    } else if (character === '[') end = endOfClass;
    else if (character === ']') endOfClass = end;
    else if (character === '\\') [end, endOfClass] = [nextEnd, nextEndOfClass];
    [nextEnd, nextEndOfClass] = before;
  }
  return cost > maxLineCost;
}
