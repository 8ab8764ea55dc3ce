/** A value as every format knows it; null is what the service does not say. */
export type Value = string | number | null;

/** Where a spreadsheet begins to read a cell, semicolons and line ends within one included, and finds a formula. */
const formula = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=['=+\-@＝＋－＠])/g;

/** Cells as a line of RFC 4180. */
export const csvLine = (cells: readonly Value[]): string => `${csvCells(cells)}\r\n`;

/** Cells that are not yet a whole line. */
export const csvCells = (cells: readonly Value[]): string => cells.map(csvCell).join(',');

/**
 * Text is quoted, with an apostrophe before what a spreadsheet would run as a formula, and before an apostrophe that
 * stands there itself: the text is had back by taking away one `'` at its beginning and after each `;`, tab and line end.
 */
function csvCell(value: Value): string {
  if (typeof value !== 'string') return String(value ?? '');
  return `"${value.replace(formula, "'").replaceAll('"', '""')}"`;
}

/** Text of the service as text: nothing of it is markup, nor an address that a reader would make a link of. */
export const markdownText = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>()#!|~&@]|[:/](?=\/)|(?<=\p{L})\.(?=\p{L})/gu, '\\$&').replace(/\s+/g, ' ');

/** Cells of text as a line of a table. */
export const markdownLine = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |\n`;

/** Text of the service as text of HTML, or as an attribute's value; a bare carriage return would become a line feed. */
export const htmlText = (text: string): string => text.replace(/[&<>"'\r]/g, (found) => `&#${found.charCodeAt(0)};`);
