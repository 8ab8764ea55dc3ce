import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { certificate, certificateKey } from './certificate.ts';

/** The name under which the service is asked for on the way through the proxy; it exists nowhere else. */
export const testHost = 'aws.packscope.test';

/** A local AWS Config in TLS, with a certificate that nobody trusts. */
export interface SecureService extends AsyncDisposable {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** The bodies of what was asked, in order. */
  readonly bodies: readonly string[];
}

/** Puts TLS in front of the service at `target`. */
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

/** A proxy that leads to the local service: plain, or through a tunnel in TLS. VS Code's own requests end here. */
export interface LocalProxy extends AsyncDisposable {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** What it was asked for on the way to `testHost`: `POST http://…/` or `CONNECT …:443`. */
  readonly asked: string[];
  /** Whether it wants a sign-in (407) instead of letting anything through. */
  refuses: boolean;
}

export async function startProxy(target: string): Promise<LocalProxy> {
  const secure = await startSecureService(target);
  // A tunnel is no connection of the server's any longer: it does not end with it.
  const tunnels = new Set<Duplex>();
  const server = createServer((incoming, outgoing) => {
    if (!incoming.url?.includes(testHost)) return outgoing.writeHead(403).end();
    proxy.asked.push(`${incoming.method} ${incoming.url}`);
    if (proxy.refuses) outgoing.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="office"' }).end('<html>No</html>');
    else forward(target, incoming, outgoing);
    return outgoing;
  });
  server.on('connect', ({ url }: IncomingMessage, socket: Duplex) => {
    if (!url?.startsWith(testHost)) return socket.end('HTTP/1.1 403 No\r\n\r\n');
    proxy.asked.push(`CONNECT ${url}`);
    if (proxy.refuses)
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
    asked: [],
    refuses: false,
    [Symbol.asyncDispose]: async () => {
      for (const tunnel of tunnels) tunnel.destroy();
      await close(server);
      await secure[Symbol.asyncDispose]();
    },
  };
  return proxy;
}

/** Passes a request on with its own headers, for they are signed. */
function forward(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { hostname, port } = new URL(target);
  const { method, headers } = incoming;
  const passed = request({ hostname, port, method, headers, path: '/' }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  incoming.pipe(passed);
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
