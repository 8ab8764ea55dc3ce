import { delimiter, dirname } from 'node:path';
import { runProcess } from './processes.ts';

/** Runs npm in a folder by this executable of Node, with further settings as environment variables. Returns its output. */
export function runNpm(
  node: string,
  cwd: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
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
