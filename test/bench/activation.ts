import { bundleForHost } from '../support/extensionHost/bundleTests.ts';
import { startExtensionHost } from '../support/extensionHost/extensionHost.ts';
import { formatMilliseconds, type Measurement, median } from './measurement.ts';

/** The times that VS Code reports for an activation, in whole milliseconds: loading the code, calling it, awaiting it. */
export interface Activation {
  readonly id: string;
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

const packscope = 'packscope.packscope';
const rounds = 5;

/** Measures activations one after another in new extension hosts, by the times that VS Code reports. */
export async function measureActivation(): Promise<Measurement[]> {
  const module = await bundleForHost('test/bench/host', 'activate');
  await using host = await startExtensionHost();
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    let activations: Activation[] = [];
    const output = await host.run(module, (line) => {
      activations = JSON.parse(line);
    });
    if (activations.length === 0) throw new Error(`VS Code reported no activation:\n${output.join('\n')}`);
    for (const { id, load, call, finish } of activations) {
      times.set(id, [...(times.get(id) ?? []), load + call + finish]);
    }
  }
  const milliseconds = median(times.get(packscope) ?? []);
  times.delete(packscope);
  const builtIns = [...times.values()].map(median);
  const builtInMedian = median(builtIns);
  const fastest = Math.min(...builtIns);
  return [
    {
      name: `activation, ${rounds} hosts`,
      figures: { milliseconds, builtInMedianMilliseconds: builtInMedian, fastestBuiltInMilliseconds: fastest },
      value: formatMilliseconds(milliseconds),
      comparison: `median of ${builtIns.length} built-ins ${formatMilliseconds(builtInMedian)}, fastest ${formatMilliseconds(fastest)}`,
      bound: '≤ the median',
      holds: milliseconds <= builtInMedian,
    },
  ];
}
