import { escapeHtml } from '../escaping.ts';
import type { LabeledValue } from '../metadata.ts';

/** A heading of level 1 to 6. Deeper ones have level 6. */
export const formatHeading = (level: number, text: string): string =>
  `<h${Math.min(level, 6)}>${escapeHtml(text)}</h${Math.min(level, 6)}>\n`;

/** Labels and values. `className`: an own class, if any. */
export function formatList(values: readonly LabeledValue[], className?: string): string {
  const items = values.map(
    ([label, value]) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>\n`,
  );
  return `<dl${formatClass(className)}>\n${items.join('')}</dl>\n`;
}

/** A highlighted list of what could not be read; empty if there is nothing. */
export const formatMissingData = (missing: readonly LabeledValue[]): string =>
  missing.length === 0 ? '' : formatList(missing, 'missing');

/** A column of a table: its title, and the class of its cells, which numbers and states have. */
export interface HtmlColumn {
  readonly title: string;
  readonly className?: string;
}

/** The start of a table up to its first row. The head is repeated on each printed page. */
export function startTable(columns: readonly HtmlColumn[], caption: string, className?: string): string {
  const heads = columns.map(
    (column) => `<th scope="col"${formatClass(column.className)}>${escapeHtml(column.title)}</th>`,
  );
  return `<table${formatClass(className)}>\n<caption>${escapeHtml(caption)}</caption>\n<thead>\n<tr>${heads.join('')}</tr>\n</thead>\n<tbody>\n`;
}

export const tableEnd = '</tbody>\n</table>\n';

/** A row of a table. `cells` are HTML. */
export const formatTableRow = (
  columns: readonly HtmlColumn[],
  cells: readonly string[],
  className: string | undefined,
): string =>
  `<tr${formatClass(className)}>${columns
    .map((column, index) => `<td${formatClass(column.className)}>${cells[index] ?? ''}</td>`)
    .join('')}</tr>\n`;

/** A link within the page. */
export const formatLink = (id: string, text: string): string => `<a href="#${id}">${escapeHtml(text)}</a>`;

const formatClass = (name: string | undefined): string => (name === undefined ? '' : ` class="${name}"`);

/** The class of a row in a compliance state, which colors its edge. The state is in the text as well. */
export function getStateClass(compliance: string | undefined): string | undefined {
  if (compliance === 'NON_COMPLIANT') return 'bad';
  if (compliance === 'INSUFFICIENT_DATA') return 'fair';
  return compliance === 'COMPLIANT' ? 'good' : undefined;
}
