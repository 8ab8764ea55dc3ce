import type { EstateChange } from '../config-service/control.ts';
import type { Faults } from '../config-service/faults.ts';
import type { RequestRecord } from '../config-service/requestLog.ts';

/** Controls the local AWS Config of this run, which is another process, over HTTP. */
export const configService = {
  /** Returns the requests since the last `clearRequests`, of one region or of all. */
  getRequests: async (region?: string): Promise<readonly RequestRecord[]> => {
    const all = (await (await control('GET', 'requests')).json()) as readonly RequestRecord[];
    return region ? all.filter((request) => request.region === region) : all;
  },
  clearRequests: () => control('DELETE', 'requests'),
  setFaults: (faults: Faults) => control('PUT', 'faults', faults),
  /** Signs in to the SSO portal as `aws sso login` does, and returns the token. */
  signIn: async (): Promise<object> => (await control('POST', 'sign-in')).json() as Promise<object>,
  /** Returns every key, token and signature that was issued or received. */
  getSecrets: async (): Promise<readonly string[]> =>
    (await control('GET', 'secrets')).json() as Promise<readonly string[]>,
  /** Expires all issued sessions and tokens. */
  expireSessions: () => control('POST', 'expire-sessions'),
  /** Expires all issued page tokens. */
  expireTokens: () => control('POST', 'expire-tokens'),
  changeEstate: (change: EstateChange) => control('POST', 'estate', change),
};

async function control(method: string, path: string, body?: object): Promise<Response> {
  const init = body ? { method, body: JSON.stringify(body) } : { method };
  const response = await fetch(`${process.env.AWS_ENDPOINT_URL}/_control/${path}`, init);
  if (!response.ok) throw new Error(await response.text());
  return response;
}
