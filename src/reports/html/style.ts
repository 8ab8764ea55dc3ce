import type { ReportSection } from '../report.ts';

/**
 * The style of a page on screens of any width, light or dark, and on paper, where it is always light. `unicode-bidi:
 * isolate` confines direction marks in a text to its own cell.
 */
const baseStyle = `
:root {
  color-scheme: light;
  --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --ground: #fff; --head: #f6f8fa; --link: #0550ae;
  --bad: #b42318; --fair: #8a5a00; --good: #1a7f37; --value: #0550ae;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --text: #e6edf3; --soft: #9ba5b0; --line: #3d444d; --ground: #0d1117; --head: #151b23; --link: #79b8ff;
    --bad: #ff8379; --fair: #e3b341; --good: #56d364; --value: #58a6ff;
  }
}
* { box-sizing: border-box; }
body {
  max-width: 84rem; margin: 0 auto; padding: 2rem; font: 15px/1.5 system-ui, sans-serif;
  color: var(--text); background: var(--ground);
}
h1, h2, h3, h4, h5 { margin: 1.75em 0 0.5em; line-height: 1.25; overflow-wrap: anywhere; break-after: avoid; }
h1 { margin-top: 0; font-size: 1.9em; }
h2 { padding-bottom: 0.25em; border-bottom: 1px solid var(--line); font-size: 1.45em; }
h3 { font-size: 1.2em; }
h4 { font-size: 1.05em; }
h5 { font-size: 0.95em; }
a { color: var(--link); }
p { margin: 0.5em 0; }
.soft { color: var(--soft); }
nav { margin: 1.5rem 0; padding: 0.75rem 1.25rem; border: 1px solid var(--line); border-radius: 6px; background: var(--head); }
nav h2 { margin: 0; padding: 0; border: 0; font-size: 1em; }
nav ol { margin: 0.25em 0; padding-inline-start: 1.5em; }
dl { margin: 0.5em 0; }
dl > div { display: grid; grid-template-columns: 13rem 1fr; gap: 0 1rem; padding: 0.1rem 0; break-inside: avoid; }
dt { color: var(--soft); }
dd { margin: 0; }
td, dd, h1, h2, h3, h4, h5 { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.missing { padding: 0.5rem 1rem; border: 1px solid var(--line); border-inline-start: 4px solid var(--fair); border-radius: 4px; }
.totals { display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; }
.totals > div { display: block; }
.totals dd { font-size: 1.2em; font-variant-numeric: tabular-nums; }
.pack-head { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 2rem; break-inside: avoid; }
.pack-head dl { flex: 1 1 20rem; }
.gauge { width: 9.5rem; height: auto; flex: none; }
.gauge path { fill: none; stroke-width: 10; }
.gauge .track { stroke: var(--line); }
.gauge .value { stroke: var(--value); }
.gauge .target { stroke: var(--text); stroke-width: 2; }
.gauge text { fill: var(--text); font-size: 17px; font-weight: 600; }
table { width: 100%; border-collapse: collapse; }
caption { padding: 0.25rem 0; color: var(--soft); text-align: start; }
th, td { min-width: 14.5ch; padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
thead th { background: var(--head); border-bottom: 2px solid var(--line); vertical-align: bottom; }
tbody th { padding-top: 1rem; }
.number { min-width: 8ch; text-align: end; font-variant-numeric: tabular-nums; }
td:first-child, td.annotation, td.type { min-width: 18ch; }
tr.bad > :first-child { box-shadow: inset 4px 0 var(--bad); }
tr.fair > :first-child { box-shadow: inset 4px 0 var(--fair); }
tr.good > :first-child { box-shadow: inset 4px 0 var(--good); }
.bad .state { color: var(--bad); }
.fair .state { color: var(--fair); }
.good .state { color: var(--good); }
@media screen {
  thead th { position: sticky; top: 0; }
}
@media screen and (max-width: 54rem) {
  body { padding: 1rem; }
  dl > div { display: block; margin-bottom: 0.4rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, caption { display: block; }
  tr { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  td, tbody th { display: block; min-width: 0 !important; padding: 0.1rem 0.75rem; border: 0; }
  td::before { color: var(--soft); }
  td:empty { display: none; }
  .number { text-align: start; }
}
@page {
  margin: 16mm 14mm 18mm;
  @bottom-left { content: 'Packscope report'; font: 8pt system-ui, sans-serif; color: #59636e; }
  @bottom-right { content: 'Page ' counter(page) ' of ' counter(pages); font: 8pt system-ui, sans-serif; color: #59636e; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 9pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration-color: var(--line); }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, td { padding: 0.2rem 0.5rem; }
  .pack + .pack { break-before: page; }
  .back { display: none; }
}
`;

/** How narrow a column of packs may become: as wide as its usual texts. Longer ones break anywhere. */
const minWidths: Readonly<Record<string, string>> = {
  'Published score': '9ch',
  'Score computed': '17ch',
  'Since last visit': '12ch',
  Deployment: '19ch',
  Region: '16ch',
  'Rules passing': '10ch',
};

/** The columns of tables of rules, controls and resources that need a label, by the class of their cells. */
const cellLabels = {
  state: 'State',
  failing: 'Failing',
  gain: 'Estimated gain',
  controls: 'Controls',
  rules: 'Rules',
  type: 'Type',
  annotation: 'Annotation',
  evaluated: 'Evaluated',
  exception: 'Exception',
  owner: 'Owner',
};

/** The style of a report. On narrow screens, where a table has no head, each cell has the label of its column. */
export function createStyle(sections: readonly ReportSection[]): string {
  const widths = sections.flatMap(({ table }, index) =>
    table.displayColumns.map((title, column) => {
      const width = minWidths[title];
      return width ? `.rows-${index + 1} td:nth-child(${column + 1}) { min-width: ${width}; }\n` : '';
    }),
  );
  const labels = [
    ...Object.entries(cellLabels).map(([name, label]) => formatLabel(`td.${name}`, label)),
    ...sections.flatMap(({ table }, index) =>
      table.displayColumns
        .slice(1)
        .map((label, column) => formatLabel(`.rows-${index + 1} td:nth-child(${column + 2})`, label)),
    ),
  ];
  return `${widths.join('')}${baseStyle}@media screen and (max-width: 54rem) {\n${labels.join('')}}\n`;
}

const formatLabel = (selector: string, label: string): string => `  ${selector}::before { content: '${label}: '; }\n`;
