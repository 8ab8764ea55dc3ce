import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Streams text to a temporary file, which replaces the file at `path` when the text is complete. On errors and aborts,
 * the file at `path` is unchanged.
 */
export async function writeFileAtomically(
  path: string,
  text: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const temporaryPath = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  try {
    await pipeline(text, createWriteStream(temporaryPath, { flags: 'wx', flush: true }), { signal });
    await rename(temporaryPath, path);
  } catch (thrown) {
    await rm(temporaryPath, { force: true, maxRetries: 3 });
    throw thrown;
  }
}
