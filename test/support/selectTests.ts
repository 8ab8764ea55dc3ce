import { globSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { root } from './folders.ts';

/**
 * Returns the test files of a suite's folder, or those of the given files and folders below it, relative to the
 * project's folder and sorted. Throws if a path matches no test.
 */
export function selectTests(suiteFolder: string, paths: readonly string[] = []): string[] {
  const all = globSync(`${suiteFolder}/**/*.test.ts`, { cwd: root }).map(toPosix);
  if (paths.length === 0) return all.sort();
  return [...new Set(paths.flatMap((path) => matchTests(suiteFolder, all, path)))].sort();
}

function matchTests(suiteFolder: string, all: readonly string[], path: string): string[] {
  const target = toPosix(relative(root, resolve(path)));
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const matches = all.filter((test) => (isFolder ? test.startsWith(`${target}/`) : test === target));
  if (matches.length > 0) return matches;
  throw new Error(`${path} matches no test: give *.test.ts files or folders below ${suiteFolder}`);
}

const toPosix = (path: string): string => path.replaceAll(sep, '/');
