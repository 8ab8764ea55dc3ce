import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../support/folders.ts';

const execute = promisify(execFile);

/** Runs a script of this folder in a new process, and returns the JSON that it prints. */
export async function runChild<T>(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<T> {
  const path = join(root, 'test', 'bench', 'child', script);
  const { stdout } = await execute(process.execPath, [...flags, path, ...args], {
    env: { ...process.env, ...env },
    cwd: root,
  });
  return JSON.parse(stdout);
}

const flags = ['--expose-gc', '--disable-warning=ExperimentalWarning'];
