import { bundleForHost } from '../support/extensionHost/bundleTests.ts';
import { startExtensionHost } from '../support/extensionHost/extensionHost.ts';
import { type Measurement, median, formatMilliseconds } from './measurement.ts';

/** VS Code's own account of an activation, in whole milliseconds: loading the code, calling it, waiting for its end. */
export interface Activation {
  readonly id: string;
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

const rounds = 5;

/** Activations alone, one after another in fresh extension hosts, as VS Code itself accounts for them. */
export async function measureActivation(): Promise<Measurement[]> {
  const module = await bundleForHost('test/bench/host', 'activate');
  await using host = await startExtensionHost();
  const found = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    let activations: Activation[] = [];
    const rest = await host.run(module, (line) => {
      activations = JSON.parse(line);
    });
    if (activations.length === 0) throw new Error(`VS Code told of no activation:\n${rest.join('\n')}`);
    for (const { id, load, call, finish } of activations) {
      found.set(id, [...(found.get(id) ?? []), load + call + finish]);
    }
  }
  const ours = median(found.get('packscope.packscope') ?? []);
  found.delete('packscope.packscope');
  const others = [...found.values()].map(median);
  const builtIn = median(others);
  return [
    {
      what: `activation, ${rounds} hosts`,
      ours: formatMilliseconds(ours),
      beside: `median of ${others.length} built-ins ${formatMilliseconds(builtIn)}, fastest ${formatMilliseconds(Math.min(...others))}`,
      bound: '≤ the median',
      holds: ours <= builtIn,
    },
  ];
}
