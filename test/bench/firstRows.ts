import { root } from '../support/folders.ts';
import { BuiltFiles } from '../support/bundle/builtFiles.ts';
import { runChild } from './child/runChild.ts';
import { type Measurement, median, compareTimes } from './measurement.ts';
import { findBundleParts } from '../support/bundle/bundleParts.ts';
import { startService } from './serviceProcess.ts';

const processes = 5;
const rounds = 6;

/** From the first look at the tree to the first packs, beside the plain SDK's one request for their names. */
export async function measureFirstRows(): Promise<Measurement[]> {
  const { sources } = findBundleParts(await BuiltFiles.read(root));
  await using service = await startService('--estate', 'demo');
  const measures: Measurement[] = [];
  for (const latency of [0, 80]) {
    await service.setLatency(latency);
    const ours: number[][] = [];
    const plain: number[][] = [];
    let requests = 0;
    for (let each = 0; each < processes; each++) {
      await service.countRequests();
      ours.push(await runChild('firstRows.ts', [sources, String(rounds)], service.env));
      requests = (await service.countRequests()) / rounds;
      plain.push(await runChild('firstRows.ts', ['sdk', String(rounds)], service.env));
    }
    const [coldOurs, coldPlain] = [ours, plain].map((times) => median(times.flatMap((time) => time.slice(0, 1))));
    const [warmOurs, warmPlain] = [ours, plain].map((times) => median(times.flatMap((time) => time.slice(1))));
    if (!coldOurs || !coldPlain || !warmOurs || !warmPlain) throw new Error('A process measured nothing');
    const what = `first rows, ${latency} ms latency`;
    measures.push(
      compareTimes(`${what}, with loading`, coldOurs, coldPlain, 'plain SDK'),
      compareTimes(
        `${what}, loaded (${requests.toFixed(1)} requests)`,
        warmOurs,
        warmPlain,
        'plain SDK',
        latency ? 1.25 : undefined,
      ),
    );
  }
  return measures;
}
