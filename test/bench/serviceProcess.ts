import { devNull } from 'node:os';
import { join } from 'node:path';
import type { Faults } from '../config-service/faults.ts';
import { root } from '../support/folders.ts';
import { killProcess, startProcess } from '../support/processes.ts';

/** A local AWS Config in its own process, so that its time and memory are not measured. */
export interface ServiceProcess extends AsyncDisposable {
  readonly url: string;
  /** Environment variables for the default credential chain. */
  readonly env: Readonly<Record<string, string>>;
  setLatency(latencyMs: number): Promise<void>;
  setFaults(faults: Faults): Promise<void>;
  /** Returns the number of requests since the last call. */
  takeRequestCount(): Promise<number>;
  /** Returns the errors of the requests since the last call, undefined for those that succeeded. */
  takeRequestErrors(): Promise<readonly (string | undefined)[]>;
}

/** Starts `test/config-service/main.ts` with these arguments. */
export async function startService(...args: string[]): Promise<ServiceProcess> {
  const script = join(root, 'test', 'config-service', 'main.ts');
  const child = startProcess(process.execPath, [script, '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const text of child.stdout ?? []) {
    output += text;
    if (output.includes('AWS_REGION=')) break;
  }
  const env = Object.fromEntries(
    [...output.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const url = env.AWS_ENDPOINT_URL;
  if (!url) throw new Error('The service did not start');
  const setFaults = async (faults: Faults) => {
    await fetch(`${url}/_control/faults`, { method: 'PUT', body: JSON.stringify(faults) });
  };
  const takeRequestErrors = async () => {
    const requests = (await (await fetch(`${url}/_control/requests`)).json()) as readonly { readonly error?: string }[];
    await fetch(`${url}/_control/requests`, { method: 'DELETE' });
    return requests.map(({ error }) => error);
  };
  return {
    url,
    env: {
      ...env,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    setLatency: (latencyMs) => setFaults({ latencyMs }),
    setFaults,
    takeRequestCount: async () => (await takeRequestErrors()).length,
    takeRequestErrors,
    [Symbol.asyncDispose]: () => killProcess(child),
  };
}
