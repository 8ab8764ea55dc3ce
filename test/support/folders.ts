import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Where VS Code, the browser and what tests leave are kept: outside `node_modules`, so that `npm ci` spares it. */
export const cacheFolder = join(root, '.vscode-test');

/** A new folder that is gone when this process ends, however it ends. */
export async function createTemporaryFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'packscope-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/**
 * The folder `name` in the cache, filled by `fill` when it is not there yet. It is filled aside and renamed when
 * complete: neither an interrupted run nor another one at the same time ever leaves or meets half a folder.
 */
export async function installOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const aside = await createTemporaryFolder(cacheFolder);
  await fill(aside);
  await rename(aside, folder).catch((error: Error) => {
    if (!existsSync(folder)) throw error;
  });
  return folder;
}
