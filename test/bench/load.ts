import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { findBundleParts } from '../support/bundle/bundleParts.ts';
import { root } from '../support/folders.ts';
import { runChild } from './child/runChild.ts';
import { compareTimes, formatMilliseconds, type Measurement, median } from './measurement.ts';

const rounds = 7;

/** Measures how long each part takes to load after the ones before it, with Node's own modules already loaded. */
export async function measureLoad(): Promise<Measurement[]> {
  const parts = findBundleParts(await BuiltFiles.read(root));
  const ours: number[][] = [];
  const packages: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await runChild('load.ts', [parts.entry, parts.client, parts.credentials]));
    packages.push(await runChild('load.ts', ['@aws-sdk/client-config-service', '@aws-sdk/credential-providers']));
  }
  const getMedian = (times: number[][], index: number) => median(times.map((time) => time[index] ?? Number.NaN));
  const [entry, client, credentials] = [getMedian(ours, 0), getMedian(ours, 1), getMedian(ours, 2)];
  const [clientPackage, credentialsPackage] = [getMedian(packages, 0), getMedian(packages, 1)];
  return [
    createMeasurement(`load: entry, ${rounds} processes`, entry),
    createMeasurement('load: client', client, 'its package', clientPackage),
    createMeasurement('load: credentials', credentials, "its package, after the client's", credentialsPackage),
    compareTimes('load: both', client + credentials, clientPackage + credentialsPackage, 'both packages', 1),
  ];
}

function createMeasurement(
  name: string,
  milliseconds: number,
  otherName = '',
  otherMilliseconds?: number,
): Measurement {
  const measurement = { name, figures: { milliseconds }, value: formatMilliseconds(milliseconds) };
  if (otherMilliseconds === undefined) return measurement;
  return {
    ...measurement,
    figures: { milliseconds, otherMilliseconds },
    comparison: `${otherName} ${formatMilliseconds(otherMilliseconds)}`,
  };
}
