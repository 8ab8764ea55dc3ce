import { measureActivation } from './activation.ts';
import { measureAggregator } from './aggregator.ts';
import { measureExport } from './export.ts';
import { measureFirstRows } from './firstRows.ts';
import { measureHovers } from './hovers.ts';
import { measureLoad } from './load.ts';
import type { Measurement } from './measurement.ts';
import { measureSizes } from './sizes.ts';
import { measureTemplates } from './templates.ts';

// Prints what Packscope takes beside something else in the same run; fails where a bound is broken.
const all: Record<string, () => Promise<Measurement[]>> = {
  measureSizes,
  measureLoad,
  measureActivation,
  measureFirstRows,
  measureAggregator,
  export: measureExport,
  measureTemplates,
  measureHovers,
};
const chosen = process.argv.slice(2);

const measures: Measurement[] = [];
for (const [name, measure] of Object.entries(all)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`Measuring ${name}…`);
  measures.push(...(await measure()));
}

const verdict = ({ holds }: Measurement): string => (holds === undefined ? '' : holds ? 'holds' : 'BROKEN');
const rows = measures.map((each) => [each.what, each.ours, each.beside, each.bound ?? '', verdict(each)]);
const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );

const broken = measures.filter(({ holds }) => holds === false);
if (broken.length > 0) console.log(`${broken.length} of the bounds are broken`);
process.exit(broken.length > 0 ? 1 : 0);
