import { runChild } from './child/runChild.ts';
import { compareTimes, type Measurement, median } from './measurement.ts';
import { startService } from './serviceProcess.ts';

/** The result of a process that reads every row. */
export interface AggregatorRun {
  readonly rows: number;
  readonly milliseconds: number;
  /** The growth of the heap. */
  readonly bytes: number;
}

const rounds = 3;
const estate = ['--estate', 'generated', '--accounts', '1040', '--regions', '10', '--packs', '10'];

/** Measures Load All for every row of a large aggregator, compared with the SDK's paginator. */
export async function measureAggregator(): Promise<Measurement[]> {
  await using service = await startService(...estate);
  const ours: AggregatorRun[] = [];
  const paginator: AggregatorRun[] = [];
  let requests = 0;
  for (let round = 0; round < rounds; round++) {
    await service.takeRequestCount();
    ours.push(await runChild('aggregator.ts', ['ours'], service.env));
    requests = await service.takeRequestCount();
    paginator.push(await runChild('aggregator.ts', ['sdk'], service.env));
  }
  const counts = new Set([...ours, ...paginator].map(({ rows }) => rows));
  const [rows = 0] = counts;
  if (counts.size > 1) throw new Error(`The runs read different numbers of rows: ${[...counts].join(', ')}`);
  const getMedian = (runs: AggregatorRun[], key: 'milliseconds' | 'bytes') => median(runs.map((run) => run[key]));
  const bytes = getMedian(ours, 'bytes') / rows;
  const paginatorBytes = getMedian(paginator, 'bytes') / rows;
  return [
    compareTimes(
      `${rows} rows by Load All, ${requests} requests`,
      getMedian(ours, 'milliseconds'),
      getMedian(paginator, 'milliseconds'),
      'paginator',
      1.25,
    ),
    {
      name: 'heap per row',
      figures: { bytes, paginatorBytes },
      value: `${Math.round(bytes)} B`,
      comparison: `paginator ${Math.round(paginatorBytes)} B: ×${(bytes / paginatorBytes).toFixed(2)}`,
    },
  ];
}
