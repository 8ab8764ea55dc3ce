import { runChild } from './child/runChild.ts';
import type { Measurement } from './measurement.ts';
import { startService } from './serviceProcess.ts';

/** The result of a process that exports every row. */
export interface ExportRun {
  readonly rows: number;
  readonly milliseconds: number;
  /** The largest growth of heap and buffers in bytes after garbage was collected. */
  readonly heldGrowth: number;
  /** The same including garbage that was not collected yet. */
  readonly heapGrowth: number;
  /** The largest growth of the process in bytes. V8 enlarges its young generation as long as there is free memory. */
  readonly processGrowth: number;
  /** The size of the file in bytes. */
  readonly fileSize: number;
}

const maxHeldGrowth = 100e6;
const estate = ['--estate', 'generated', '--accounts', '1032', '--regions', '10', '--packs', '100', '--rules', '5'];

/** Measures the memory of an export of a million aggregator rows to a file. */
export async function measureExport(): Promise<Measurement[]> {
  await using service = await startService(...estate);
  return [await measureOrder(service, 'as read'), await measureOrder(service, 'sorted')];
}

/** `sorted`: grouped by account, worst first, for which all rows are read before the first is written. */
async function measureOrder(
  { env }: { readonly env: NodeJS.ProcessEnv },
  order: 'as read' | 'sorted',
): Promise<Measurement> {
  const run = await runChild<ExportRun>('export.ts', ['csv', order], env);
  const { rows, milliseconds, heldGrowth, heapGrowth, processGrowth, fileSize } = run;
  if (rows < 1_000_000) throw new Error(`Only ${rows} rows were exported`);
  const formatMegabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  return {
    name: `${rows} rows to CSV, ${order}, held in heap and buffers`,
    figures: {
      heldGrowthBytes: heldGrowth,
      heapGrowthBytes: heapGrowth,
      processGrowthBytes: processGrowth,
      fileBytes: fileSize,
      milliseconds,
    },
    value: `+${formatMegabytes(heldGrowth)}`,
    comparison: `with garbage +${formatMegabytes(heapGrowth)}, process +${formatMegabytes(processGrowth)}, file ${formatMegabytes(fileSize)}, ${Math.round(milliseconds / 1000)} s`,
    bound: `≤ ${formatMegabytes(maxHeldGrowth)}`,
    holds: heldGrowth <= maxHeldGrowth,
  };
}
