import { rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { installOnce } from '../folders.ts';
import { runProcess } from '../processes.ts';

const version = '4.139.1';

/**
 * Installs the VS Code of code-server unless it is in the cache, and returns its folder `lib/vscode`. Everything comes
 * from npm, without install scripts; the native modules in use are built if a compiler is available.
 */
export async function installVSCode(): Promise<string> {
  const folder = await installOnce(`code-server-${version}`, async (folder) => {
    console.log(`Installing VS Code (code-server ${version}) into the cache…`);
    await npm(folder, ['install', '--no-save', '--ignore-scripts', '--prefix', folder, `code-server@${version}`]);
    await npm(findVSCode(folder), ['install', '--omit=dev', '--ignore-scripts']);
    await npm(join(findVSCode(folder), 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
    await buildNativeModules(folder).catch((error: Error) => {
      console.warn(`VS Code's native logging is not available, so its log channels stay empty: ${error.message}`);
    });
  });
  return findVSCode(folder);
}

const findVSCode = (folder: string) => join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

/** Builds `@vscode/spdlog`, without which a LogOutputChannel writes nothing, with Node's headers from npm. */
async function buildNativeModules(folder: string): Promise<void> {
  const headers = join(folder, 'headers');
  const { platform, arch } = process;
  const node = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;
  const nodePackage = `${node}@${process.versions.node}`;
  try {
    await npm(folder, ['install', '--no-save', '--ignore-scripts', '--prefix', headers, nodePackage]);
    await npm(findVSCode(folder), ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
      npm_config_nodedir: join(headers, 'node_modules', node),
    });
  } finally {
    await rm(headers, { recursive: true, force: true });
  }
}

function npm(cwd: string, args: readonly string[], settings: Record<string, string> = {}): Promise<void> {
  const env = { ...removeOuterNpmSettings(process.env), ...settings };
  env.PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  return runProcess('npm', [...args, '--no-audit', '--no-fund'], { cwd, env, shell: process.platform === 'win32' });
}

/** Removes the settings that an outer `npm test` passes on, except how to reach the registry. */
function removeOuterNpmSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const needed =
    /^npm_config_(\/\/|registry|proxy|https_proxy|noproxy|ca|cafile|strict_ssl|cache|userconfig|globalconfig)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => needed.test(name) || !/^npm_/i.test(name)));
}
