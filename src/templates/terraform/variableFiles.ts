import { getFolder } from '../paths.ts';
import type { Values } from '../values.ts';

/** What a variable file assigns. */
export interface VariableFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, Values>;
}

/** Variable files that are combined. */
const maxFiles = 64;

/**
 * The assignments that variable files make, each with those of its folder that assign other variables: `common.tfvars`
 * is for use with `dev.tfvars` or `prod.tfvars`, which exclude each other.
 */
export function combineVariableFiles(all: readonly VariableFile[]): readonly ReadonlyMap<string, Values>[] {
  const files = all.slice(0, maxFiles);
  const combinations = new Map<string, ReadonlyMap<string, Values>>();
  for (const file of files) {
    const combined = new Map(file.values);
    const used = new Set([file]);
    for (const other of files) {
      const isBeside = getFolder(other.path) === getFolder(file.path);
      if (!isBeside || [...other.values.keys()].some((name) => combined.has(name))) continue;
      for (const [name, values] of other.values) combined.set(name, values);
      used.add(other);
    }
    const key = files.filter((each) => used.has(each)).map(({ path }) => path);
    combinations.set(key.join('\n'), combined);
  }
  return [...combinations.values()];
}
