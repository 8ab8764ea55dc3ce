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

/** A folder and as many of those around it, from the inside out. */
export const getFoldersAround = (folder: string, parents: number): readonly string[] =>
  Array.from({ length: parents + 1 }, (_, count) => joinPath(folder, '../'.repeat(count)));
