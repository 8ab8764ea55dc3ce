import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlPath, handleControl } from './control.ts';
import { ChangeableEstate } from './estate/changeable.ts';
import { demoEstate } from './estate/demo/demoEstate.ts';
import type { Estate } from './estate/estate.ts';
import { FaultInjector } from './faultInjector.ts';
import type { Faults } from './faults.ts';
import { handleRequest } from './handleRequest.ts';
import { type Credentials, getCredentials } from './identities.ts';
import { PageTokens } from './pageTokens.ts';
import { RequestLog } from './requestLog.ts';
import { Sessions, type SignIn } from './sessions.ts';
import { readBody, send, sendTruncated } from './wire/http.ts';

/** A running local AWS Config, and how tests control it. */
export interface ConfigService {
  /** `http://127.0.0.1:<port>`, the endpoint of AWS Config, STS and the SSO portal. */
  readonly url: string;
  readonly estate: ChangeableEstate;
  /** The injected faults from the next request on. Members can be changed; replacing the object resets the counts. */
  faults: Faults;
  readonly requests: RequestLog;
  /** Invalidates all issued page tokens. */
  expireTokens(): void;
  /** Signs in to the SSO portal, as `aws sso login` does. */
  signIn(): SignIn;
  /** Expires all issued sessions, temporary keys and sign-ins. */
  expireSessions(): void;
  /** Returns every secret of requests and responses so far: keys, tokens, signatures. */
  secrets(): readonly string[];
  /** Returns the credentials of an account; the home account by default. */
  caller(account?: string): Credentials;
  /** Stops at once and closes all connections. */
  close(): Promise<void>;
}

export interface ConfigServiceOptions {
  readonly estate: Estate | 'demo';
  /** A free port by default. */
  readonly port?: number;
  /** The clock of the estate, the log and the token bucket. Signatures are checked with the real time. */
  readonly now?: () => Date;
}

/** Longer than any test leaves a connection idle. */
const keepAliveMs = 600_000;

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
    const outcome = await handleRequest(
      { estate, faults, tokens, sessions },
      { method, path: url, headers, body },
      now(),
    );
    const date = faults.getDateHeader();
    if (date === null) response.sendDate = false;
    else response.setHeader('Date', date);
    if (outcome.response === undefined) request.socket.resetAndDestroy();
    else if (outcome.isTruncated) sendTruncated(response, outcome.response);
    else send(response, outcome.response);
    requests.push({ ...outcome.record, receivedAt, answeredAt: performance.now() });
  });
  // A client that sends a request on a connection just when the server ends it as idle gets an error.
  server.keepAliveTimeout = keepAliveMs;
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
