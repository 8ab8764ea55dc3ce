import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A user without rights of their own. */
const nobody = 65534;

/**
 * Makes a folder read-only: its files can be read, but neither created nor replaced nor deleted. Returns the function
 * that makes it writable again.
 */
function makeReadOnly(folder: string): () => void {
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
  chmodSync(folder, 0o555);
  // Permissions do not bind root.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(nobody);
  return () => {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  };
}

/** Runs `use` while a folder is read-only. */
export async function withReadOnlyFolder<T>(folder: string, use: () => Promise<T>): Promise<T> {
  const makeWritable = makeReadOnly(folder);
  try {
    return await use();
  } finally {
    makeWritable();
  }
}

/** Runs `use`, which does not wait, while a folder is read-only. */
export function runInReadOnlyFolder(folder: string, use: () => void): void {
  const makeWritable = makeReadOnly(folder);
  try {
    use();
  } finally {
    makeWritable();
  }
}
