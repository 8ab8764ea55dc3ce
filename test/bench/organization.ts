import { runChild } from './child/runChild.ts';
import { compareTimes, formatMilliseconds, type Measurement, median } from './measurement.ts';
import { startService } from './serviceProcess.ts';

/** The result of a process that reads every row of an aggregator. */
export interface OrganizationRun {
  readonly rows: number;
  readonly milliseconds: number;
}

/** The result of a process that holds a million rows. Times are milliseconds, with the longest block of each. */
export interface ColumnsRun {
  readonly rows: number;
  readonly bytes: number;
  readonly work: readonly { readonly name: string; readonly milliseconds: number; readonly longestBlock: number }[];
}

const latencyMs = 80;
const defaultBound = 20;
/** Requests per second that the throttling service allows. */
const allowed = 10;
const estate = ['--estate', 'generated', '--accounts', '100', '--regions', '10', '--packs', '10'];

/** Measures how fast all rows of an aggregator are read, and how fast a million of them are sorted, filtered and grouped. */
export async function measureOrganization(): Promise<Measurement[]> {
  await using service = await startService(...estate);
  const read = async (kind: 'partitions' | 'chain', bound: number) => {
    await service.takeRequestErrors();
    const run = await runChild<OrganizationRun>('organization.ts', [kind, String(bound)], service.env);
    return { ...run, errors: await service.takeRequestErrors() };
  };
  await service.setFaults({ latencyMs });
  const firstRows = await measureFirstRows(service.env);
  const chain = await read('chain', 100);
  // The least of three runs, because other processes only add to it.
  const runs = [await read('partitions', 100), await read('partitions', 100), await read('partitions', 100)];
  const fastest = Math.min(...runs.map(({ milliseconds }) => milliseconds));
  const bounded = await read('partitions', defaultBound);
  await service.setFaults({ latencyMs, throttlePerSecond: allowed });
  const throttled = await read('partitions', defaultBound);
  const counts = new Set([chain, ...runs, bounded, throttled].map(({ rows }) => rows));
  if (counts.size > 1) throw new Error(`The runs read different numbers of rows: ${[...counts].join(', ')}`);
  return [
    firstRows,
    compareTimes(`${chain.rows} rows, bound 100`, fastest, chain.milliseconds, 'one chain', 1 / 5),
    compareTimes(
      `${chain.rows} rows, default bound (${bounded.errors.length} requests)`,
      bounded.milliseconds,
      (bounded.errors.length / defaultBound) * 1000,
      'the bound',
      1.1,
    ),
    compareTimes(
      `${chain.rows} rows, ${allowed} requests a second allowed`,
      throttled.milliseconds,
      // A full bucket allows the first requests at once.
      ((countSuccesses(throttled.errors) - allowed) / allowed) * 1000,
      'the bucket',
      1.2,
    ),
    createThrottledShare(throttled.errors),
    ...createColumnMeasurements(await runChild<ColumnsRun>('columns.ts', [])),
  ];
}

async function measureFirstRows(env: Readonly<Record<string, string>>): Promise<Measurement> {
  const times = await runChild<{ ours: number[]; sdk: number[] }>(
    'organization.ts',
    ['first', String(defaultBound)],
    env,
  );
  return compareTimes(
    `first aggregate rows, ${latencyMs} ms latency`,
    median(times.ours),
    median(times.sdk),
    'plain SDK',
    1.15,
  );
}

const countSuccesses = (errors: readonly (string | undefined)[]): number =>
  errors.filter((error) => error === undefined).length;

function createThrottledShare(errors: readonly (string | undefined)[]): Measurement {
  const throttled = errors.length - countSuccesses(errors);
  const share = throttled / errors.length;
  return {
    name: 'throttled requests',
    figures: { throttled, requests: errors.length, share },
    value: `${throttled} of ${errors.length}`,
    bound: '< 5 %',
    holds: share < 0.05,
  };
}

function createColumnMeasurements({ rows, bytes, work }: ColumnsRun): Measurement[] {
  const megabytes = bytes / 1e6;
  return [
    {
      name: `${rows} rows in columns`,
      figures: { bytes },
      value: `${megabytes.toFixed(1)} MB`,
      bound: '≤ 60 MB',
      holds: megabytes <= 60,
    },
    ...work.map(({ name, milliseconds, longestBlock }) => {
      // Rankings are made of several sorts.
      const maxMilliseconds = /^(sort|filter|group)/.test(name) ? 100 : Number.POSITIVE_INFINITY;
      return {
        name: `${rows} rows: ${name}`,
        figures: { milliseconds, longestBlock },
        value: formatMilliseconds(milliseconds),
        comparison: `longest block ${formatMilliseconds(longestBlock)}`,
        bound: `${maxMilliseconds === 100 ? '< 100 ms, ' : ''}blocks ≤ 50 ms`,
        holds: milliseconds < maxMilliseconds && longestBlock <= 50,
      };
    }),
  ];
}
