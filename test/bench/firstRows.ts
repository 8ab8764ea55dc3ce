import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { findBundleParts } from '../support/bundle/bundleParts.ts';
import { root } from '../support/folders.ts';
import { runChild } from './child/runChild.ts';
import { compareTimes, type Measurement, median } from './measurement.ts';
import { startService } from './serviceProcess.ts';

const processes = 5;
const rounds = 6;

/** Measures the time until a newly shown tree has packs, compared with one SDK request for their names. */
export async function measureFirstRows(): Promise<Measurement[]> {
  const { sources } = findBundleParts(await BuiltFiles.read(root));
  await using service = await startService('--estate', 'demo');
  const measurements: Measurement[] = [];
  for (const latency of [0, 80]) {
    await service.setLatency(latency);
    const ours: number[][] = [];
    const sdk: number[][] = [];
    let requests = 0;
    for (let process = 0; process < processes; process++) {
      await service.takeRequestCount();
      ours.push(await runChild('firstRows.ts', [sources, String(rounds)], service.env));
      requests = (await service.takeRequestCount()) / rounds;
      sdk.push(await runChild('firstRows.ts', ['sdk', String(rounds)], service.env));
    }
    // The first round of a process includes loading the code.
    const [coldOurs, coldSdk] = [ours, sdk].map((times) => median(times.flatMap((time) => time.slice(0, 1))));
    const [warmOurs, warmSdk] = [ours, sdk].map((times) => median(times.flatMap((time) => time.slice(1))));
    if (!coldOurs || !coldSdk || !warmOurs || !warmSdk) throw new Error('A process returned no times');
    const name = `first rows, ${latency} ms latency`;
    const warmName = `${name}, loaded (${requests.toFixed(1)} requests)`;
    measurements.push(
      compareTimes(`${name}, with loading`, coldOurs, coldSdk, 'plain SDK'),
      compareTimes(warmName, warmOurs, warmSdk, 'plain SDK', latency ? 1.25 : undefined),
    );
  }
  return measurements;
}
