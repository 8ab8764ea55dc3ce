import { runChild } from './child/runChild.ts';
import { type Measurement, median, compareTimes } from './measurement.ts';
import { startService } from './serviceProcess.ts';

/** What one process took to read every row. */
export interface AggregatorRun {
  readonly rows: number;
  readonly milliseconds: number;
  readonly bytes: number;
}

const rounds = 3;
const estate = ['--estate', 'generated', '--accounts', '1040', '--regions', '10', '--packs', '10'];

/** Every row of a large aggregator by Load All, beside the plain SDK's paginator. */
export async function measureAggregator(): Promise<Measurement[]> {
  await using service = await startService(...estate);
  const ours: AggregatorRun[] = [];
  const plain: AggregatorRun[] = [];
  let requests = 0;
  for (let round = 0; round < rounds; round++) {
    await service.countRequests();
    ours.push(await runChild('aggregator.ts', ['ours'], service.env));
    requests = await service.countRequests();
    plain.push(await runChild('aggregator.ts', ['sdk'], service.env));
  }
  const counts = new Set([...ours, ...plain].map(({ rows }) => rows));
  const [rows = 0] = counts;
  if (counts.size > 1) throw new Error(`Not everybody read the same rows: ${[...counts].join(', ')}`);
  const of = (runs: AggregatorRun[], key: 'milliseconds' | 'bytes') => median(runs.map((run) => run[key]));
  const bytes = of(ours, 'bytes') / rows;
  const plainBytes = of(plain, 'bytes') / rows;
  return [
    compareTimes(
      `${rows} rows by Load All, ${requests} requests`,
      of(ours, 'milliseconds'),
      of(plain, 'milliseconds'),
      'paginator',
      1.25,
    ),
    {
      what: 'heap per row',
      ours: `${Math.round(bytes)} B`,
      beside: `paginator ${Math.round(plainBytes)} B: ×${(bytes / plainBytes).toFixed(2)}`,
    },
  ];
}
