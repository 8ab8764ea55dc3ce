import { escapeHtml } from '../escaping.ts';
import {
  describeReport,
  describeSection,
  describeSummary,
  describeTotals,
  getSectionTitle,
  getTitle,
  type LabeledValue,
} from '../metadata.ts';
import type { Report, ReportWriter } from '../report.ts';

/** A self-contained page without scripts that supports light and dark themes and printing. */
export function createHtmlWriter(report: Report): ReportWriter {
  const title = escapeHtml(getTitle(report));
  const hasSections = report.sections.length > 1;
  const formatCells = (cells: readonly string[]): string => `<tr>${cells.join('')}</tr>\n`;
  return {
    header: `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
${formatList(describeReport(report))}`,
    startSection: (section) => `${
      hasSections ? `<h2>${escapeHtml(getSectionTitle(section))}</h2>\n${formatList(describeSection(section))}` : ''
    }<table>
<thead>
${formatCells(section.table.displayColumns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`))}</thead>
<tbody>
`,
    formatRow: ({ display }) => formatCells(display.map((text) => `<td>${escapeHtml(text)}</td>`)),
    formatPack: () => '',
    endSection: (section, totals) => `</tbody>
</table>
<h2>Totals</h2>
${formatList(describeTotals(section, totals))}`,
    formatFooter: (summary) => `${formatList(describeSummary(report, summary))}</body>
</html>
`,
  };
}

function formatList(values: readonly LabeledValue[]): string {
  const items = values.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>\n`);
  return `<dl>\n${items.join('')}</dl>\n`;
}

// `unicode-bidi: isolate` confines direction marks in a text to its own cell.
const style = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --ground: #fff; --head: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --soft: #9198a1; --line: #3d444d; --ground: #0d1117; --head: #151b23; }
}
body { margin: 2rem; font: 14px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
dt { color: var(--soft); }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th { background: var(--head); }
td, dd { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
@media print {
  :root { --text: #000; --soft: #333; --line: #999; --ground: #fff; --head: #eee; }
  body { margin: 0; font-size: 10pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
`;
