import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTemporaryFolder } from '../folders.ts';
import { installVSCode } from './installVSCode.ts';
import { killProcess, findFreePort, runProcess, startProcess } from '../processes.ts';
import { until } from '../polling.ts';

/** What a VS Code server is started with. */
export interface ServerOptions {
  /** The whole environment of the server, and so of the extension host. */
  readonly env: NodeJS.ProcessEnv;
  /** User settings, on top of the quiet ones. */
  readonly settings?: Record<string, unknown>;
  /** Without one, anybody on this machine may connect: right for a test that lasts seconds. */
  readonly connectionToken?: string;
  /** Workspace Trust asks before it opens a folder: off, unless a test is about it. */
  readonly workspaceTrust?: boolean;
  /** A packaged extension to install first. Else a page loads the one in its payload. */
  readonly vsix?: string;
}

/** A VS Code server that answers at `url`. */
export interface Server {
  readonly url: string;
  /** Its settings and logs; gone when this process ends. */
  readonly dataDir: string;
  /** Ends it and all it started. */
  stop(): Promise<void>;
}

/** Tells an extension host where its VS Code keeps what it stores and logs. */
export const dataFolderVariable = 'PACKSCOPE_TEST_DATA';

const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** Starts VS Code's own server on a free loopback port, with data of its own, and waits until it answers. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const main = join(await installVSCode(), 'out', 'server-main.js');
  const { env, settings, connectionToken, workspaceTrust, vsix } = options;
  const dataDir = await createTemporaryFolder(tmpdir());
  await writeSettings(dataDir, { ...quietSettings, ...settings });
  const always = [
    '--accept-server-license-terms',
    '--server-data-dir',
    dataDir,
    '--extensions-dir',
    join(dataDir, 'ext'),
  ];
  if (vsix) await runProcess(process.execPath, [main, ...always, '--install-extension', vsix], { env });

  const port = await findFreePort();
  const log = await open(join(dataDir, 'server.log'), 'w');
  const server = startProcess(
    process.execPath,
    [
      main,
      ...always,
      ...['--host', '127.0.0.1', '--port', String(port), '--telemetry-level', 'off'],
      ...['--user-data-dir', join(dataDir, 'data')],
      ...(connectionToken ? ['--connection-token', connectionToken] : ['--without-connection-token']),
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      // Only with its test driver does a built VS Code load an extension from a page's payload.
      ...(vsix ? [] : ['--enable-smoke-test-driver']),
    ],
    { env: { ...env, [dataFolderVariable]: dataDir }, stdio: ['ignore', log.fd, log.fd] },
  );
  const stop = async () => {
    await killProcess(server);
    await log.close();
  };

  const url = `http://127.0.0.1:${port}`;
  try {
    await until(`VS Code's server on ${url}`, async () => {
      if (server.exitCode !== null) return 'ended';
      return (await fetch(`${url}/version`)).ok;
    });
    if (server.exitCode !== null) throw new Error(`VS Code's server ended with ${server.exitCode}`);
  } catch (error) {
    const output = await readFile(join(dataDir, 'server.log'), 'utf8');
    await stop();
    throw new Error(`VS Code's server did not start. It said:\n${output}`, { cause: error });
  }
  return { url, dataDir, stop };
}

async function writeSettings(dataDir: string, settings: Record<string, unknown>): Promise<void> {
  const folder = join(dataDir, 'data', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}
