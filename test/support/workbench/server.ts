import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTemporaryFolder } from '../folders.ts';
import { until } from '../polling.ts';
import { findFreePort, killProcess, runProcess, startProcess } from '../processes.ts';
import { installVSCode, type VSCodeVersion } from './installVSCode.ts';

export interface ServerOptions {
  /** The environment of the server and its extension hosts. */
  readonly env: NodeJS.ProcessEnv;
  /** User settings, merged over the defaults for tests. */
  readonly settings?: Record<string, unknown>;
  /** Required from clients. Without a token every local process can connect, which is acceptable for a short test. */
  readonly connectionToken?: string;
  /** Whether Workspace Trust is enabled; `false` by default. */
  readonly workspaceTrust?: boolean | undefined;
  /** A packaged extension to install. Without one, a page loads the extension of its payload. */
  readonly vsix?: string | undefined;
  /** The version of VS Code; that of VSCODE_VERSION by default. */
  readonly version?: VSCodeVersion | undefined;
}

/** A running VS Code server. */
export interface Server {
  readonly url: string;
  /** Holds settings, storage and logs. Removed when this process exits. */
  readonly dataDir: string;
  /** Kills the server and its extension hosts. */
  stop(): Promise<void>;
}

/** Names the environment variable with the server's `dataDir`, for tests in the extension host. */
export const dataFolderVariable = 'PACKSCOPE_TEST_DATA';

const testSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  // VS Code in a browser would save documents that a test leaves unsaved.
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  // Tests render hovers with the preview's renderer, which otherwise turns escaped addresses into links, unlike hovers.
  'markdown.preview.linkify': false,
};

/** Starts a VS Code server on a free loopback port with its own data folder, and waits until it responds. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { env, settings, connectionToken, workspaceTrust, vsix, version } = options;
  const { serverScript, node } = await installVSCode(version);
  const dataDir = await createTemporaryFolder(tmpdir());
  await writeSettings(dataDir, { ...testSettings, ...settings });
  const commonArgs = [
    '--accept-server-license-terms',
    ...['--server-data-dir', dataDir],
    ...['--extensions-dir', join(dataDir, 'ext')],
  ];
  if (vsix) await runProcess(node, [serverScript, ...commonArgs, '--install-extension', vsix], { env });

  const port = await findFreePort();
  const log = await open(join(dataDir, 'server.log'), 'w');
  const server = startProcess(
    node,
    [
      serverScript,
      ...commonArgs,
      ...['--host', '127.0.0.1', '--port', String(port), '--telemetry-level', 'off'],
      ...['--user-data-dir', join(dataDir, 'data')],
      ...(connectionToken ? ['--connection-token', connectionToken] : ['--without-connection-token']),
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      // A built VS Code loads an extension from a page's payload only with its test driver.
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
    const hasExited = () => server.exitCode !== null;
    await until(`VS Code's server on ${url}`, async () => hasExited() || (await fetch(`${url}/version`)).ok, 90);
    if (hasExited()) throw new Error(`VS Code's server exited with ${server.exitCode}`);
  } catch (error) {
    const output = await readFile(join(dataDir, 'server.log'), 'utf8');
    await stop();
    throw new Error(`VS Code's server did not start. Its output:\n${output}`, { cause: error });
  }
  return { url, dataDir, stop };
}

async function writeSettings(dataDir: string, settings: Record<string, unknown>): Promise<void> {
  const folder = join(dataDir, 'data', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}
