import { randomUUID } from 'node:crypto';
import { chmod, type FileHandle, open, readlink, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Streams text to a temporary file, which replaces the file at `path` when the text is complete. On errors and aborts,
 * the file at `path` is unchanged. An existing file keeps its permissions, and a link remains a link to the new file.
 * Rejects before it reads any text if there is something at `path` that cannot be replaced: a folder, a device, or a file
 * that is read-only.
 */
export async function writeFileAtomically(
  path: string,
  text: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const target = await followLinks(path);
  const mode = await getReplaceableMode(target);
  // The name is short, because that of the target may be as long as the file system allows.
  const temporaryPath = join(dirname(target), `.${randomUUID()}.part`);
  try {
    // Until it has the permissions of the file that it replaces, only the user may read it.
    const file = await open(temporaryPath, 'wx', mode === undefined ? undefined : 0o600);
    try {
      const buffer = new Uint8Array(bufferSize);
      for await (const chunk of text) await writeChunk(file, chunk, buffer, signal);
      await file.sync();
    } finally {
      await file.close();
    }
    if (mode !== undefined) await chmod(temporaryPath, mode);
    signal.throwIfAborted();
    await rename(temporaryPath, target);
  } catch (thrown) {
    await rm(temporaryPath, { force: true, maxRetries: 3 });
    throw thrown;
  }
}

/** The number of links that lead to a file, as in Linux. More are a loop. */
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

/** The permissions of a file; undefined if there is none. Rejects if it must not be replaced. */
async function getReplaceableMode(path: string): Promise<number | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats) return undefined;
  if (!stats.isFile()) throw new Error(`There is something other than a file at ${path}.`);
  // Renaming would replace it all the same.
  if ((stats.mode & 0o222) === 0) throw new Error(`The file ${path} is read-only.`);
  return stats.mode & 0o777;
}

const encoder = new TextEncoder();
const bufferSize = 1 << 16;

/** Writes text through one small buffer: a new one per chunk would wait for the garbage collector. */
async function writeChunk(file: FileHandle, chunk: string, buffer: Uint8Array, signal: AbortSignal): Promise<void> {
  let rest = chunk;
  while (rest !== '') {
    signal.throwIfAborted();
    const { read, written } = encoder.encodeInto(rest, buffer);
    rest = rest.slice(read);
    for (let start = 0; start < written; ) start += (await file.write(buffer, start, written - start)).bytesWritten;
  }
}
