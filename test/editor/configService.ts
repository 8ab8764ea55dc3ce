import type { EstateChange } from '../config-service/control.ts';
import type { Faults } from '../config-service/faults.ts';
import type { RequestRecord } from '../config-service/requestLog.ts';

/** The local AWS Config of this run, which is another process: held by its control over HTTP. */
export const configService = {
  /** What was asked since the last `forget`, in one region or in all. */
  requests: async (region?: string): Promise<readonly RequestRecord[]> => {
    const all = (await (await control('GET', 'requests')).json()) as readonly RequestRecord[];
    return region ? all.filter((request) => request.region === region) : all;
  },
  forget: () => control('DELETE', 'requests'),
  setFaults: (faults: Faults) => control('PUT', 'faults', faults),
  /** Signs in to the portal, as `aws sso login` does. */
  signIn: async (): Promise<object> => (await control('POST', 'sign-in')).json() as Promise<object>,
  /** Every key, token and signature there has been so far. */
  secrets: async (): Promise<readonly string[]> =>
    (await control('GET', 'secrets')).json() as Promise<readonly string[]>,
  /** Nothing given out so far is accepted any longer. */
  expireSessions: () => control('POST', 'expire-sessions'),
  /** Page tokens given so far are refused from now on. */
  expireTokens: () => control('POST', 'expire-tokens'),
  change: (change: EstateChange) => control('POST', 'estate', change),
};

async function control(method: string, path: string, body?: object): Promise<Response> {
  const init = body ? { method, body: JSON.stringify(body) } : { method };
  const response = await fetch(`${process.env.AWS_ENDPOINT_URL}/_control/${path}`, init);
  if (!response.ok) throw new Error(await response.text());
  return response;
}
