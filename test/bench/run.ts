import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureActivation } from './activation.ts';
import { measureAggregator } from './aggregator.ts';
import { measureExport } from './export.ts';
import { measureFirstRows } from './firstRows.ts';
import { measureHovers } from './hovers.ts';
import { measureLoad } from './load.ts';
import type { Measurement } from './measurement.ts';
import { measureOrganization } from './organization.ts';
import { measureSizes } from './sizes.ts';
import { printTable } from './table.ts';
import { measureTemplates } from './templates.ts';
import { measureTree } from './tree.ts';

const benchmarks: Readonly<Record<string, () => Promise<Measurement[]>>> = {
  sizes: measureSizes,
  load: measureLoad,
  activation: measureActivation,
  firstRows: measureFirstRows,
  aggregator: measureAggregator,
  organization: measureOrganization,
  export: measureExport,
  tree: measureTree,
  templates: measureTemplates,
  hovers: measureHovers,
};

// npm run bench -- [NAME…] [--json FILE]
// Measures Packscope beside something comparable in the same run, and exits with 1 if a bound does not hold.
const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const unknown = positionals.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}: choose from ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}

const measurements: Measurement[] = [];
for (const [name, measure] of Object.entries(benchmarks)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`Measuring ${name}…`);
  measurements.push(...(await measure()));
}
printTable(measurements);

if (values.json !== undefined) {
  const records = measurements.map(({ name, figures, bound, holds }) => ({ name, figures, bound, holds }));
  await writeFile(values.json, `${JSON.stringify(records, null, 2)}\n`);
}
const broken = measurements.filter(({ holds }) => holds === false);
if (broken.length > 0) console.log(`${broken.length} bounds do not hold`);
process.exit(broken.length > 0 ? 1 : 0);
