import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Credentials, getCredentials } from './identities.ts';
import { controlPath, handleControl } from './control.ts';
import { ChangeableEstate } from './estate/changeable.ts';
import { demoEstate } from './estate/demo/demoEstate.ts';
import type { Estate } from './estate/estate.ts';
import { exchange } from './handleRequest.ts';
import { FaultInjector, type Faults } from './faults.ts';
import { PageTokens } from './pageTokens.ts';
import { RequestLog } from './requestLog.ts';
import { Sessions, type SignIn } from './sessions.ts';
import { readBody, send, sendHalf } from './wire/http.ts';

/** A running AWS Config, and the handles a test holds it by. */
export interface ConfigService {
  /** `http://127.0.0.1:<port>`, the endpoint of AWS Config, of STS and of the portal where people sign in. */
  readonly url: string;
  readonly estate: ChangeableEstate;
  /** What goes wrong from the next request on: change its members, or replace it to begin counting anew. */
  faults: Faults;
  readonly requests: RequestLog;
  /** No page token issued so far is accepted any longer. */
  expireTokens(): void;
  /** Signs a person in to the portal, as `aws sso login` does. */
  signIn(): SignIn;
  /** No role, temporary key or sign-in given out so far is accepted any longer. */
  expireSessions(): void;
  /** Every secret that a request or an answer has held so far: keys, tokens, signatures. */
  secrets(): readonly string[];
  /** Credentials of an account; without one, of the home account. */
  caller(account?: string): Credentials;
  /** Stops at once, whoever is still connected. */
  close(): Promise<void>;
}

export interface ConfigServiceOptions {
  readonly estate: Estate | 'demo';
  /** Any free port where absent. */
  readonly port?: number;
  /** The clock of the estate, the log and the token bucket; signatures go by the machine's own. */
  readonly now?: () => Date;
}

/** Starts the service on the loopback interface. */
export async function startConfigService(options: ConfigServiceOptions): Promise<ConfigService> {
  const { port = 0, now = () => new Date() } = options;
  const estate = new ChangeableEstate(options.estate === 'demo' ? demoEstate(now()) : options.estate, now);
  const faults = new FaultInjector(now);
  const tokens = new PageTokens();
  const sessions = new Sessions(now);
  const requests = new RequestLog();
  const signatures = new Set<string>();

  const server = createServer(async (request, response) => {
    const receivedAt = performance.now();
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return;
    const { method = '', url = '', headers } = request;
    const [, signature] = /Signature=(\w+)/.exec(headers.authorization ?? '') ?? [];
    if (signature) signatures.add(signature);
    if (url.startsWith(controlPath)) return send(response, handleControl(service, method, url, body));
    const outcome = await exchange({ estate, faults, tokens, sessions }, { method, path: url, headers, body }, now());
    if (outcome.answer === undefined) request.socket.resetAndDestroy();
    else if (outcome.isCut) sendHalf(response, outcome.answer);
    else send(response, outcome.answer);
    requests.push({ ...outcome.record, receivedAt, answeredAt: performance.now() });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });

  const service: ConfigService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    estate,
    requests,
    get faults() {
      return faults.faults;
    },
    set faults(value) {
      faults.faults = value;
    },
    expireTokens: () => tokens.expire(),
    signIn: () => sessions.signIn(),
    expireSessions: () => sessions.expire(),
    secrets: () => [
      ...estate.accounts.map((account) => getCredentials(account).secretAccessKey),
      ...sessions.secrets,
      ...signatures,
    ],
    caller: (account = estate.home.account) => getCredentials(account),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return service;
}
