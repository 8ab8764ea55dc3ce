import { type About, type Fact, facts, type Table, titleOf, totalFacts, type Writer } from '../report.ts';
import { markdownLine, markdownText } from '../text.ts';

/** A report to be read, or rendered by whatever reads Markdown. */
export function markdown<Row>(about: About, table: Table<Row>): Writer<Row> {
  const { columns } = table;
  return {
    head: [
      `# ${markdownText(titleOf(about))}\n\n`,
      list(facts(about, table)),
      '\n',
      markdownLine(columns.map(({ name }) => name)),
      `|${' --- |'.repeat(columns.length)}\n`,
    ].join(''),
    row: (row) => markdownLine(columns.map(({ value }) => String(value(row)))),
    end: (end) => `\n## Totals\n\n${list(totalFacts(table, end))}`,
  };
}

const list = (facts: readonly Fact[]): string =>
  facts.map(([name, value]) => `- ${name}: ${markdownText(value)}\n`).join('');
