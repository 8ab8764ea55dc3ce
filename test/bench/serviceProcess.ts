import { join } from 'node:path';
import { root } from '../support/folders.ts';
import { killProcess, startProcess } from '../support/processes.ts';

/** A local AWS Config in a process of its own: neither its time nor its memory is ours. */
export interface ServiceProcess extends AsyncDisposable {
  readonly url: string;
  /** What the default credential chain finds there. */
  readonly env: Readonly<Record<string, string>>;
  setLatency(latencyMs: number): Promise<void>;
  /** How many requests there were since the last time. */
  countRequests(): Promise<number>;
}

/** Starts `test/config-service/main.ts` with its own arguments. */
export async function startService(...args: string[]): Promise<ServiceProcess> {
  const script = join(root, 'test', 'config-service', 'main.ts');
  const child = startProcess(process.execPath, [script, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const text of child.stdout ?? []) {
    said += text;
    if (said.includes('AWS_REGION=')) break;
  }
  const env = Object.fromEntries(
    [...said.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const url = env.AWS_ENDPOINT_URL;
  if (!url) throw new Error('The service did not start');
  return {
    url,
    env: {
      ...env,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    setLatency: async (latencyMs) => {
      await fetch(`${url}/_control/faults`, { method: 'PUT', body: JSON.stringify({ latencyMs }) });
    },
    countRequests: async () => {
      const requests: unknown = await (await fetch(`${url}/_control/requests`)).json();
      await fetch(`${url}/_control/requests`, { method: 'DELETE' });
      return Array.isArray(requests) ? requests.length : 0;
    },
    [Symbol.asyncDispose]: () => killProcess(child),
  };
}
