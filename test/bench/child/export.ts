import './preload.ts';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPackOrder } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { writeFileAtomically } from '../../../src/reports/atomicFile.ts';
import { findSource } from '../../../src/reports/exportSources.ts';
import { exportText } from '../../../src/reports/exportText.ts';
import { type FormatName, formats } from '../../../src/reports/formats.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { createTemporaryFolder } from '../../support/folders.ts';
import type { ExportRun } from '../export.ts';

// Exports every row of an aggregator to a file, and prints time and memory growth since before the first row.
const { signal } = new AbortController();
const estate = new Estate({
  open: createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 100_000, log: () => {} }),
  aggregatorNames: () => [],
});
const source = await findSource([estate.getStore({})], { aggregator: 'organization' });
// A second argument exports the rows in the order of the tree instead of that of AWS Config.
const query =
  process.argv[3] === 'sorted' ? { ...source, order: defaultPackOrder, grouping: 'account' as const } : source;
const path = join(await createTemporaryFolder(tmpdir()), 'rows');
globalThis.gc?.();
const before = process.memoryUsage();
const sumHeap = ({ heapUsed, external }: NodeJS.MemoryUsage) => heapUsed + external;
/** Rows after which garbage is collected, to measure what is held. */
const rowsPerCollection = 100_000;
let heldGrowth = 0;
let heapGrowth = 0;
let processGrowth = 0;
let collectedAt = Number.NEGATIVE_INFINITY;
let rows = 0;
const measure = (count: number) => {
  const now = process.memoryUsage();
  heapGrowth = Math.max(heapGrowth, sumHeap(now) - sumHeap(before));
  processGrowth = Math.max(processGrowth, now.rss - before.rss);
  // The count starts again once all rows have been read and the first is written.
  if (Math.abs(count - collectedAt) < rowsPerCollection) return;
  collectedAt = count;
  globalThis.gc?.();
  heldGrowth = Math.max(heldGrowth, sumHeap(process.memoryUsage()) - sumHeap(before));
};
const onProgress = (count: number) => {
  rows = count;
  measure(count);
};
const start = performance.now();
const format = formats[process.argv[2] as FormatName];
await writeFileAtomically(path, exportText(query, format, { signal, onProgress, onRead: measure }), signal);
const milliseconds = performance.now() - start;
const run: ExportRun = { rows, milliseconds, heldGrowth, heapGrowth, processGrowth, fileSize: (await stat(path)).size };
console.log(JSON.stringify(run));
process.exit();
