import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { certificate, certificateKey } from './certificate.ts';

/** The host name that the proxy resolves to the local service. It does not exist outside the proxy. */
export const testHost = 'aws.packscope.test';

/** A local AWS Config behind TLS with an untrusted certificate. */
export interface SecureService extends AsyncDisposable {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** The bodies of the requests, in order. */
  readonly bodies: readonly string[];
}

/** Starts a TLS server that forwards to the service at `target`. */
export async function startSecureService(target: string): Promise<SecureService> {
  const bodies: string[] = [];
  const server = createSecureServer({ cert: certificate, key: certificateKey }, (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => bodies.push(Buffer.concat(chunks).toString()));
    forward(target, incoming, outgoing);
  });
  const port = await listen(server);
  return { url: `https://127.0.0.1:${port}`, bodies, [Symbol.asyncDispose]: () => close(server) };
}

/** An HTTP proxy to the local service, with CONNECT tunnels for TLS. It rejects other hosts, as VS Code's own requests use it too. */
export interface LocalProxy extends AsyncDisposable {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** The request lines for `testHost`: `POST http://…/` or `CONNECT …:443`. */
  readonly requestLines: string[];
  /** Whether the proxy requires authentication and answers 407 to every request. */
  requiresAuthentication: boolean;
}

export async function startProxy(target: string): Promise<LocalProxy> {
  const secure = await startSecureService(target);
  // The server does not track connections that became tunnels, so they are closed explicitly.
  const tunnels = new Set<Duplex>();
  const server = createServer((incoming, outgoing) => {
    if (!incoming.url?.includes(testHost)) return outgoing.writeHead(403).end();
    proxy.requestLines.push(`${incoming.method} ${incoming.url}`);
    if (proxy.requiresAuthentication)
      outgoing.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="office"' }).end('<html>No</html>');
    else forward(target, incoming, outgoing);
    return outgoing;
  });
  server.on('connect', ({ url }: IncomingMessage, socket: Duplex) => {
    if (!url?.startsWith(testHost)) return socket.end('HTTP/1.1 403 No\r\n\r\n');
    proxy.requestLines.push(`CONNECT ${url}`);
    if (proxy.requiresAuthentication)
      return socket.end('HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="office"\r\nContent-Length: 0\r\n\r\n');
    const tunnel = connect(Number(new URL(secure.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnels.add(socket);
    for (const end of [socket, tunnel]) end.on('error', () => [socket, tunnel].map((each) => each.destroy()));
    return tunnel;
  });
  const port = await listen(server);
  const proxy: LocalProxy = {
    host: `127.0.0.1:${port}`,
    requestLines: [],
    requiresAuthentication: false,
    [Symbol.asyncDispose]: async () => {
      for (const tunnel of tunnels) tunnel.destroy();
      await close(server);
      await secure[Symbol.asyncDispose]();
    },
  };
  return proxy;
}

/** Forwards a request with its headers unchanged, because they are signed. */
function forward(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { hostname, port } = new URL(target);
  const { method, headers } = incoming;
  const forwarded = request({ hostname, port, method, headers, path: '/' }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  forwarded.on('error', () => outgoing.destroy());
  incoming.pipe(forwarded);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
