/** Characters of a line times its slashes. Lines of more are data, such as minified code. */
const maxLineCost = 100_000;

/**
 * Blanks lines with too many slashes for their length. At each slash, the parser may look for a regular expression up to
 * the end of the line, which would take minutes in a hostile file.
 */
export const maskCostlyLines = (text: string): string =>
  text.replace(/[^\n]{300,}/g, (line) =>
    (line.split('/').length - 1) * line.length > maxLineCost ? ' '.repeat(line.length) : line,
  );
