import { once } from '../memoize.ts';
import { getFolder } from '../paths.ts';

/** Configurations that one variable file is for. */
const maxNearby = 50;

/** The folders that contain a configuration. */
export class ConfigurationFolders {
  readonly #folders: ReadonlySet<string>;

  constructor(folders: ReadonlySet<string>) {
    this.#folders = folders;
  }

  /**
   * The configurations that a variable file may be for: the innermost around it, or else those nearby, below the
   * innermost folder around the file that contains some.
   */
  findFor(path: string): readonly string[] {
    const around = getFolders(getFolder(path));
    const innermost = around.find((folder) => this.#folders.has(folder));
    if (innermost !== undefined) return [innermost];
    const nearby = around.find((folder) => this.#getBelow().has(folder));
    return nearby === undefined ? [] : (this.#getBelow().get(nearby) ?? []).slice(0, maxNearby);
  }

  /** The configurations below each folder. */
  readonly #getBelow = once((): ReadonlyMap<string, readonly string[]> => {
    const below = new Map<string, string[]>();
    for (const folder of this.#folders) {
      for (const parent of getFolders(folder).slice(1)) {
        const found = below.get(parent) ?? [];
        found.push(folder);
        below.set(parent, found);
      }
    }
    return below;
  });
}

/** A folder and those around it, from the inside out. */
function getFolders(innermost: string): readonly string[] {
  const folders = [innermost];
  for (let folder = innermost; folder !== ''; folders.push(folder)) folder = getFolder(folder);
  return folders;
}
