import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Holds VS Code, the browser and screenshots. It is outside `node_modules`, so that `npm ci` keeps it. */
export const cacheFolder = join(root, '.vscode-test');

/** Creates a folder in `parent` that is removed when this process exits. */
export async function createTemporaryFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'packscope-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/**
 * Returns the folder `name` of the cache, and fills it first if it does not exist. It is filled under another name and
 * then renamed, so that neither an interrupted nor a concurrent run sees an incomplete folder.
 */
export async function installOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const incomplete = await createTemporaryFolder(cacheFolder);
  await fill(incomplete);
  await rename(incomplete, folder).catch((error: Error) => {
    if (!existsSync(folder)) throw error;
  });
  return folder;
}
