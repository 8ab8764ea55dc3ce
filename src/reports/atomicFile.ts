import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, readlink, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Streams text to a temporary file, which replaces the file at `path` when the text is complete. On errors and aborts,
 * the file at `path` is unchanged. An existing file keeps its permissions, and a link remains a link to the new file.
 */
export async function writeFileAtomically(
  path: string,
  text: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const target = await followLinks(path);
  const mode = await getMode(target);
  // The name is short, because that of the target may be as long as the file system allows.
  const temporaryPath = join(dirname(target), `.${randomUUID()}.part`);
  try {
    // Until it has the permissions of the file that it replaces, only the user may read it.
    const options = { flags: 'wx', flush: true, ...(mode !== undefined && { mode: 0o600 }) };
    await pipeline(text, createWriteStream(temporaryPath, options), { signal });
    if (mode !== undefined) await chmod(temporaryPath, mode);
    signal.throwIfAborted();
    await rename(temporaryPath, target);
  } catch (thrown) {
    await rm(temporaryPath, { force: true, maxRetries: 3 });
    throw thrown;
  }
}

/** The number of links that lead to a file, as in Linux. More go round. */
const maxLinks = 40;

/** The path that a link leads to, whether or not there is a file. Other paths are returned as they are. */
async function followLinks(path: string): Promise<string> {
  let target = path;
  for (let count = 0; count <= maxLinks; count++) {
    const next = await readlink(target).catch(() => undefined);
    if (next === undefined) return target;
    target = resolve(dirname(target), next);
  }
  throw new Error(`The links at ${path} lead in a circle.`);
}

/** The permissions of a file. Undefined if there is none. */
async function getMode(path: string): Promise<number | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats && stats.mode & 0o777;
}
