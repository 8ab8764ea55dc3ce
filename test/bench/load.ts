import { root } from '../support/folders.ts';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { ask } from './child/runChild.ts';
import { type Measure, median, ms, ratio } from './measurement.ts';
import { partsOf } from '../support/bundle/bundleParts.ts';

const rounds = 7;

/** How long each part takes to load, after the ones before it, in processes with Node's own modules warm. */
export async function load(): Promise<Measure[]> {
  const { entry, client, credentials } = partsOf(await BuiltFiles.read(root));
  const ours: number[][] = [];
  const packages: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await ask('load.ts', [entry, client, credentials]));
    packages.push(await ask('load.ts', ['@aws-sdk/client-config-service', '@aws-sdk/credential-providers']));
  }
  const at = (times: number[][], index: number) => median(times.map((time) => time[index] ?? Number.NaN));
  const sum = (times: number[][]) => at(times, times === ours ? 1 : 0) + at(times, times === ours ? 2 : 1);
  return [
    { what: `load: entry, ${rounds} processes`, ours: ms(at(ours, 0)), beside: '' },
    { what: 'load: client', ours: ms(at(ours, 1)), beside: `its package ${ms(at(packages, 0))}` },
    {
      what: 'load: credentials',
      ours: ms(at(ours, 2)),
      beside: `its package, after the client's ${ms(at(packages, 1))}`,
    },
    ratio('load: both', sum(ours), sum(packages), 'both packages', 1),
  ];
}
