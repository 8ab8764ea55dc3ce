import type { SlicedWork } from '../timeSlicing.ts';

/** The folder of a path without a trailing slash. */
export const getFolder = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export function joinPath(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The paths that belong to each folder. */
export function* groupByFolder(
  paths: Iterable<string>,
  getFolders: (path: string) => readonly string[],
): SlicedWork<ReadonlyMap<string, readonly string[]>> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    for (const folder of getFolders(path)) {
      const group = groups.get(folder) ?? [];
      group.push(path);
      groups.set(folder, group);
    }
    yield;
  }
  return groups;
}

/** A folder and as many of those around it, from the inside out. */
export const getFoldersAround = (folder: string, parents: number): readonly string[] =>
  Array.from({ length: parents + 1 }, (_, count) => joinPath(folder, '../'.repeat(count)));
