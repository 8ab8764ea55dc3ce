import { showInvisible } from '../compliance/text/plainText.ts';

/** The value of a cell; null if AWS Config reports none. */
export type CellValue = string | number | boolean | null;

/**
 * The positions where spreadsheets start to read a cell, if a formula or whitespace follows. Some spreadsheets also
 * split cells at semicolons, tabs and line breaks.
 */
const formulaStart = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=['=+\-@＝＋－＠])/g;

/** Cells as a line of a CSV file (RFC 4180). */
export const formatCsvLine = (cells: readonly CellValue[]): string => `${formatCsvCells(cells)}\r\n`;

/** Cells as the start of a line of a CSV file. */
export const formatCsvCells = (cells: readonly CellValue[]): string => cells.map(formatCsvCell).join(',');

/**
 * Quotes text, shows invisible characters as escapes, and inserts an apostrophe before everything that a spreadsheet
 * would run as a formula. Apostrophes at these positions are escaped the same way. To get the original text, remove one
 * `'` at the start and after each `;`, tab and line break.
 */
function formatCsvCell(value: CellValue): string {
  if (typeof value === 'boolean') return value ? formatCsvCell('yes') : '';
  if (typeof value !== 'string') return String(value ?? '');
  return `"${showInvisible(value).replace(formulaStart, "'").replaceAll('"', '""')}"`;
}

/** Escapes markup, and URLs and domains that Markdown readers turn into links. */
export const escapeMarkdown = (text: string): string =>
  showInvisible(text)
    .replace(/[\\`*_{}[\]<>()#!|~&@]|[:/](?=\/)|(?<=\p{L})\.(?=\p{L})|(?<=www)\./giu, '\\$&')
    .replace(/\s+/g, ' ');

/** Text cells as a line of a Markdown table. */
export const formatMarkdownRow = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |\n`;

/** Labels and values as a Markdown list. */
export const formatMarkdownList = (values: readonly (readonly [string, string])[]): string =>
  values.map(([label, value]) => `- ${label}: ${escapeMarkdown(value)}\n`).join('');

/** Escapes text for HTML content and attributes. HTML parsers would turn an unescaped carriage return into a line feed. */
export const escapeHtml = (text: string): string =>
  showInvisible(text).replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);

/** JSON with invisible characters escaped. */
export const stringifyJson = (value: unknown, space?: number): string =>
  showInvisible(JSON.stringify(value, null, space));
