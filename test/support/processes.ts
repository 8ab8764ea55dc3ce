import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const windows = process.platform === 'win32';
const running = new Set<ChildProcess>();

/** Starts a process in a group of its own, so that it ends together with whatever it starts, at the latest when we do. */
export function startProcess(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore', ...options, detached: !windows });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Ends a process and everything it started, and waits until it is gone. */
export async function killProcess(child: ChildProcess): Promise<void> {
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  kill(child, 'SIGKILL');
  await gone;
}

/** Runs a command to its end; its output becomes the error's text when it fails. */
export async function runProcess(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<void> {
  const child = startProcess(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${code}):\n${output}`);
}

/** A loopback port nobody listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The system gave no loopback port');
  return address.port;
}

function kill(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (windows) child.kill();
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

// A process in a group of its own does not get the terminal's Ctrl-C: it is passed on, in a way that can be passed on again.
process.once('exit', () => {
  for (const child of running) kill(child, 'SIGTERM');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
