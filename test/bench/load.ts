import { root } from '../support/folders.ts';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { runChild } from './child/runChild.ts';
import { type Measurement, median, formatMilliseconds, compareTimes } from './measurement.ts';
import { findBundleParts } from '../support/bundle/bundleParts.ts';

const rounds = 7;

/** How long each part takes to load, after the ones before it, in processes with Node's own modules warm. */
export async function measureLoad(): Promise<Measurement[]> {
  const { entry, client, credentials } = findBundleParts(await BuiltFiles.read(root));
  const ours: number[][] = [];
  const packages: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await runChild('load.ts', [entry, client, credentials]));
    packages.push(await runChild('load.ts', ['@aws-sdk/client-config-service', '@aws-sdk/credential-providers']));
  }
  const at = (times: number[][], index: number) => median(times.map((time) => time[index] ?? Number.NaN));
  const sum = (times: number[][]) => at(times, times === ours ? 1 : 0) + at(times, times === ours ? 2 : 1);
  return [
    { what: `load: entry, ${rounds} processes`, ours: formatMilliseconds(at(ours, 0)), beside: '' },
    { what: 'load: client', ours: formatMilliseconds(at(ours, 1)), beside: `its package ${formatMilliseconds(at(packages, 0))}` },
    {
      what: 'load: credentials',
      ours: formatMilliseconds(at(ours, 2)),
      beside: `its package, after the client's ${formatMilliseconds(at(packages, 1))}`,
    },
    compareTimes('load: both', sum(ours), sum(packages), 'both packages', 1),
  ];
}
