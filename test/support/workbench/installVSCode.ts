import { cp, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { installOnce } from '../folders.ts';
import { runProcess } from '../processes.ts';

/** A release of code-server, which contains the VS Code of its minor version. */
interface Release {
  readonly codeServer: string;
  /** The version of Node that it needs; that of the tests by default. */
  readonly node?: string;
  /** The version of ripgrep to add, which finds files: a release that downloads it when it is installed has none. */
  readonly ripgrep?: string;
}

const releases = {
  newest: { codeServer: '4.139.1' },
  // The first in the npm registry that `engines.vscode` allows. Its extension host hangs in Node 24.
  oldest: { codeServer: '4.103.2', node: '22.23.3', ripgrep: '1.18.0' },
} as const satisfies Readonly<Record<string, Release>>;

export type VSCodeVersion = keyof typeof releases;

/** An installed VS Code: the script of its server, and the Node that runs it. */
export interface InstalledVSCode {
  readonly serverScript: string;
  readonly node: string;
}

/** The version that VSCODE_VERSION selects, `newest` by default. Throws if there is no such version. */
export function selectVersion(): VSCodeVersion {
  const { VSCODE_VERSION: name = 'newest' } = process.env;
  if (name === 'newest' || name === 'oldest') return name;
  throw new Error(`VSCODE_VERSION is ${name}: choose newest or oldest`);
}

/**
 * Installs the VS Code of code-server unless it is in the cache. Everything comes from npm, without install scripts;
 * the native modules in use are built if a compiler is available.
 */
export async function installVSCode(version: VSCodeVersion = selectVersion()): Promise<InstalledVSCode> {
  const { codeServer, node: nodeVersion, ripgrep }: Release = releases[version];
  const node = nodeVersion ? await installNode(nodeVersion) : process.execPath;
  const folder = await installOnce(`code-server-${codeServer}`, async (folder) => {
    console.log(`Installing VS Code (code-server ${codeServer}) into the cache…`);
    const npm: Npm = (cwd, args, settings) => runNpm(node, cwd, args, settings);
    await npm(folder, ['install', '--no-save', '--ignore-scripts', '--prefix', folder, `code-server@${codeServer}`]);
    await npm(findVSCode(folder), ['install', '--omit=dev', '--ignore-scripts']);
    await npm(join(findVSCode(folder), 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
    if (ripgrep) await addRipgrep(npm, folder, ripgrep);
    await buildNativeModules(npm, folder, nodeVersion ?? process.versions.node).catch((error: Error) => {
      console.warn(`VS Code's native logging is not available, so its log channels stay empty: ${error.message}`);
    });
  });
  return { serverScript: join(findVSCode(folder), 'out', 'server-main.js'), node };
}

const findVSCode = (folder: string) => join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

/** The npm package with the executable and the headers of Node for this machine. */
function getNodePackage(): string {
  const { platform, arch } = process;
  if (platform === 'win32') return `node-win-${arch}`;
  return `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;
}

/** Installs a version of Node unless it is in the cache, and returns its executable. */
async function installNode(version: string): Promise<string> {
  const name = getNodePackage();
  const folder = await installOnce(`node-${version}`, async (folder) => {
    const args = ['install', '--no-save', '--ignore-scripts', '--prefix', folder, `${name}@${version}`];
    await runNpm(process.execPath, folder, args);
  });
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Puts the executable of ripgrep where a VS Code looks for it that expects it to be downloaded. */
async function addRipgrep(npm: Npm, folder: string, version: string): Promise<void> {
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}`;
  const source = join(folder, 'ripgrep');
  await npm(folder, ['install', '--no-save', '--ignore-scripts', '--prefix', source, `${name}@${version}`]);
  const target = join(findVSCode(folder), 'node_modules', '@vscode', 'ripgrep', 'bin');
  await cp(join(source, 'node_modules', name, 'bin'), target, { recursive: true });
}

/** Builds `@vscode/spdlog`, without which a LogOutputChannel writes nothing, with Node's headers from npm. */
async function buildNativeModules(npm: Npm, folder: string, nodeVersion: string): Promise<void> {
  const headers = join(folder, 'headers');
  const name = getNodePackage();
  try {
    await npm(folder, ['install', '--no-save', '--ignore-scripts', '--prefix', headers, `${name}@${nodeVersion}`]);
    await npm(findVSCode(folder), ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
      npm_config_nodedir: join(headers, 'node_modules', name),
    });
  } finally {
    await rm(headers, { recursive: true, force: true });
  }
}

/** Runs npm in a folder, with settings as environment variables. */
type Npm = (cwd: string, args: readonly string[], settings?: Record<string, string>) => Promise<string>;

function runNpm(node: string, cwd: string, args: readonly string[], settings = {}): Promise<string> {
  const env: NodeJS.ProcessEnv = { ...removeOuterNpmSettings(process.env), ...settings };
  env.PATH = [dirname(node), process.env.PATH].join(delimiter);
  return runProcess('npm', [...args, '--no-audit', '--no-fund'], { cwd, env, shell: process.platform === 'win32' });
}

/** Removes the settings that an outer `npm test` passes on, except how to reach the registry. */
function removeOuterNpmSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const needed =
    /^npm_config_(\/\/|registry|proxy|https_proxy|noproxy|ca|cafile|strict_ssl|cache|userconfig|globalconfig)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => needed.test(name) || !/^npm_/i.test(name)));
}
