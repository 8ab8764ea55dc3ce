import { getFolder } from '../paths.ts';
import type { Values } from '../values.ts';

/** A variable file and what it assigns to declared variables. The values are evaluated when they are needed. */
export interface VariableFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, () => Values>;
}

/** Variable files that are combined, and those of which each is combined with each. */
const maxFiles = 64;
const maxPairs = 12;

/** Names to compare for all combinations. */
const maxNames = 50_000;

/**
 * The assignments that variable files make, each with others that assign more: `common.tfvars` is for use with `dev.tfvars`
 * or `prod.tfvars`, which may override what it assigns.
 */
export function combineVariableFiles(all: readonly VariableFile[]): readonly VariableFile['values'][] {
  const files = all.slice(0, maxFiles);
  const combinations = new Map<string, VariableFile['values']>();
  let left = maxNames;
  for (const file of files) {
    for (const first of files.length > maxPairs ? [file] : files) {
      const combined = new Map(file.values);
      const used = new Set([file]);
      for (const other of [first, ...files]) {
        left -= other.values.size;
        const names = left <= 0 || used.has(other) || !isBeside(other, file) ? [] : [...other.values.keys()];
        const added = names.filter((name) => !combined.has(name));
        // The first may assign what the file overrides; any others must not contradict.
        if (added.length === 0 || (other !== first && added.length < names.length)) continue;
        for (const name of added) combined.set(name, other.values.get(name) ?? (() => []));
        used.add(other);
      }
      const key = files.filter((each) => used.has(each)).map(({ path }) => path);
      combinations.set([file.path, ...key].join('\n'), combined);
    }
  }
  return [...combinations.values()];
}

/** Whether a file is in the folder of another or around it. */
const isBeside = (other: VariableFile, { path }: VariableFile): boolean => path.startsWith(`${getFolder(other.path)}/`);
