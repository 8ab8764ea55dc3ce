import { runChild } from './child/runChild.ts';
import type { Measurement } from './measurement.ts';
import { startService } from './serviceProcess.ts';

/** What one process took to write every row to a file. */
export interface ExportRun {
  readonly rows: number;
  readonly milliseconds: number;
  /** By how much heap and buffers had grown at their largest, with what was not collected yet, bytes. */
  readonly grown: number;
  /** By how much the process had: V8 takes room for its young objects as long as nobody else wants it. */
  readonly processGrown: number;
  /** Of the file. */
  readonly size: number;
}

const most = 150e6;
const estate = ['--estate', 'generated', '--accounts', '1090', '--regions', '10', '--packs', '100', '--rules', '5'];

/** A million rows of an aggregator, from the service to a file. */
export async function measureExport(): Promise<Measurement[]> {
  await using service = await startService(...estate);
  const { rows, milliseconds, grown, processGrown, size } = await runChild<ExportRun>('export.ts', ['csv'], service.env);
  if (rows < 1_000_000) throw new Error(`Only ${rows} rows were written`);
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  return [
    {
      what: `${rows} rows to CSV, heap and buffers`,
      ours: `+${megabytes(grown)}`,
      beside: `process +${megabytes(processGrown)}, file ${megabytes(size)}, ${Math.round(milliseconds / 1000)} s`,
      bound: `≤ ${megabytes(most)}`,
      holds: grown <= most,
    },
  ];
}
