import { bundleForHost } from '../support/extensionHost/bundleTests.ts';
import { startExtensionHost } from '../support/extensionHost/extensionHost.ts';
import { compareTimes, type Measurement, median } from './measurement.ts';

/** The times that VS Code reports for an activation, in whole milliseconds: loading the code, calling it, awaiting it. */
export interface Activation {
  readonly id: string;
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

const packscope = 'packscope.packscope';
/** The built-in extension that the same event activates, so that both wait equally long for others. */
const emmet = 'vscode.emmet';
const rounds = 5;

/** Measures the activation while a window opens, in new extension hosts, by the times that VS Code reports. */
export async function measureActivation(): Promise<Measurement[]> {
  const module = await bundleForHost('test/bench/host', 'activate');
  await using host = await startExtensionHost();
  const times = new Map<string, number[]>([packscope, emmet].map((id) => [id, []]));
  for (let round = 0; round < rounds; round++) {
    let activations: Activation[] = [];
    const output = await host.run(module, (line) => {
      activations = JSON.parse(line);
    });
    for (const [id, each] of times) {
      const activation = activations.find((candidate) => candidate.id === id);
      if (!activation) throw new Error(`VS Code reported no activation of ${id}:\n${output.join('\n')}`);
      each.push(activation.load + activation.call + activation.finish);
    }
  }
  const getMedian = (id: string) => median(times.get(id) ?? []);
  return [compareTimes(`activation, ${rounds} hosts`, getMedian(packscope), getMedian(emmet), 'Emmet')];
}
