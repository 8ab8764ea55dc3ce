import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Writes text to a file as it comes, and only as fast as it is taken. The file is there, and new, once it is whole. */
export async function writeFile(path: string, text: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  try {
    await pipeline(text, createWriteStream(unfinished, { flags: 'wx', flush: true }), { signal });
    await rename(unfinished, path);
  } catch (thrown) {
    await rm(unfinished, { force: true, maxRetries: 3 });
    throw thrown;
  }
}
