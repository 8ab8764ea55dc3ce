import { type About, type Fact, facts, type Table, titleOf, totalFacts, type Writer } from '../report.ts';
import { htmlText } from '../text.ts';

/** A page that needs nothing beside itself, runs nothing, follows the reader's light or dark and prints. */
export function html<Row>(about: About, table: Table<Row>): Writer<Row> {
  const title = htmlText(titleOf(about));
  const { columns } = table;
  const line = (cells: readonly string[]): string => `<tr>${cells.join('')}</tr>\n`;
  return {
    head: `<!DOCTYPE html>
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
${list(facts(about, table))}<table>
<thead>
${line(columns.map(({ name }) => `<th scope="col">${htmlText(name)}</th>`))}</thead>
<tbody>
`,
    row: (row) => line(columns.map(({ value }) => `<td>${htmlText(String(value(row)))}</td>`)),
    end: (end) => `</tbody>
</table>
<h2>Totals</h2>
${list(totalFacts(table, end))}</body>
</html>
`,
  };
}

const list = (facts: readonly Fact[]): string =>
  `<dl>\n${facts.map(([name, value]) => `<dt>${htmlText(name)}</dt><dd>${htmlText(value)}</dd>\n`).join('')}</dl>\n`;

// A text's own direction marks end with its cell.
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
