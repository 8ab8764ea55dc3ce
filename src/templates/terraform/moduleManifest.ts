import { getFolder, joinPath } from '../paths.ts';

/** The folders that `terraform init` put the modules of a configuration into, from `.terraform/modules/modules.json`. */
export class ModuleManifest {
  /** Folders by key: the names of the module blocks from the root, separated by dots. */
  readonly #folders = new Map<string, string>();
  readonly #keys = new Map<string, string>();

  constructor(path: string, text: string) {
    const root = getFolder(getFolder(getFolder(path)));
    for (const { key, folder } of readEntries(text)) {
      const joined = joinPath(root, folder);
      this.#folders.set(key, joined);
      if (!this.#keys.has(joined)) this.#keys.set(joined, key);
    }
  }

  getFolders(): Iterable<string> {
    return this.#folders.values();
  }

  /** The folder of a module that a block with this name in a folder calls. */
  findFolder(caller: string, name: string): string | undefined {
    const key = this.#keys.get(caller);
    return key === undefined ? undefined : this.#folders.get(key === '' ? name : `${key}.${name}`);
  }
}

export const isModuleManifest = (path: string): boolean => path.endsWith('.terraform/modules/modules.json');

interface ManifestEntry {
  readonly key: string;
  readonly folder: string;
}

/** Configurations with more modules are not written by hand. */
const maxEntries = 2_000;

function readEntries(text: string): readonly ManifestEntry[] {
  const modules = getProperty(parse(text), 'Modules');
  if (!Array.isArray(modules)) return [];
  return modules.slice(0, maxEntries).flatMap((entry: unknown) => {
    const [key, folder] = [getProperty(entry, 'Key'), getProperty(entry, 'Dir')];
    return typeof key === 'string' && typeof folder === 'string' ? [{ key, folder: folder.replaceAll('\\', '/') }] : [];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const getProperty = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
