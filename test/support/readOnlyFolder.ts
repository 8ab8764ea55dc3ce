import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A user without rights of their own. */
const nobody = 65534;

/** Runs `use` while the files of a folder can be read, but neither created nor replaced nor deleted. */
export async function withReadOnlyFolder<T>(folder: string, use: () => Promise<T>): Promise<T> {
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
  chmodSync(folder, 0o555);
  // Permissions do not bind root.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(nobody);
  try {
    return await use();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
}
