import { devNull } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/folders.ts';
import { killProcess, startProcess } from '../support/processes.ts';

/** A local AWS Config in its own process, so that its time and memory are not measured. */
export interface ServiceProcess extends AsyncDisposable {
  readonly url: string;
  /** Environment variables for the default credential chain. */
  readonly env: Readonly<Record<string, string>>;
  setLatency(latencyMs: number): Promise<void>;
  /** Returns the number of requests since the last call. */
  takeRequestCount(): Promise<number>;
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
  return {
    url,
    env: {
      ...env,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    setLatency: async (latencyMs) => {
      await fetch(`${url}/_control/faults`, { method: 'PUT', body: JSON.stringify({ latencyMs }) });
    },
    takeRequestCount: async () => {
      const requests: unknown = await (await fetch(`${url}/_control/requests`)).json();
      await fetch(`${url}/_control/requests`, { method: 'DELETE' });
      return Array.isArray(requests) ? requests.length : 0;
    },
    [Symbol.asyncDispose]: () => killProcess(child),
  };
}
