import { rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { installOnce } from '../folders.ts';
import { runProcess } from '../processes.ts';

const version = '4.139.1';

/**
 * Installs the VS Code that code-server carries, once, and returns its `lib/vscode`. Nothing but npm is asked:
 * install scripts stay off, and the native modules worth having are built where a compiler is at hand.
 */
export async function installVSCode(): Promise<string> {
  const folder = await installOnce(`code-server-${version}`, async (folder) => {
    console.log(`Installing VS Code (code-server ${version}), once…`);
    await npm(folder, ['install', '--no-save', '--ignore-scripts', '--prefix', folder, `code-server@${version}`]);
    await npm(vscodeIn(folder), ['install', '--omit=dev', '--ignore-scripts']);
    await npm(join(vscodeIn(folder), 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
    await buildNativeModules(folder).catch((error: Error) => {
      console.warn(`Going on without VS Code's native logging (its log channels stay empty): ${error.message}`);
    });
  });
  return vscodeIn(folder);
}

const vscodeIn = (folder: string) => join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

/** Without `@vscode/spdlog` a LogOutputChannel writes nothing. Node's headers come from its npm package. */
async function buildNativeModules(folder: string): Promise<void> {
  const headers = join(folder, 'headers');
  const { platform, arch } = process;
  const node = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`;
  const nodePackage = `${node}@${process.versions.node}`;
  try {
    await npm(folder, ['install', '--no-save', '--ignore-scripts', '--prefix', headers, nodePackage]);
    await npm(vscodeIn(folder), ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
      npm_config_nodedir: join(headers, 'node_modules', node),
    });
  } finally {
    await rm(headers, { recursive: true, force: true });
  }
}

function npm(cwd: string, args: readonly string[], settings: Record<string, string> = {}): Promise<void> {
  const env = { ...withoutOuterNpm(process.env), ...settings };
  env.PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  return runProcess('npm', [...args, '--no-audit', '--no-fund'], { cwd, env, shell: process.platform === 'win32' });
}

/** An outer `npm test` hands its own settings down; of those only the way to the registry holds for another install. */
function withoutOuterNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const needed =
    /^npm_config_(\/\/|registry|proxy|https_proxy|noproxy|ca|cafile|strict_ssl|cache|userconfig|globalconfig)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => needed.test(name) || !/^npm_/i.test(name)));
}
