import { runInSlices, type SlicedWork } from '../../timeSlicing.ts';
import { getFolder, joinPath } from '../paths.ts';
import { ModuleManifest } from './moduleManifest.ts';
import { isConfiguration, isVariables, maxCallDepth } from './paths.ts';

/** Access to the Terraform files of a file system. Missing files and folders are empty. */
export interface TerraformSource {
  /** The texts of a folder's files by path. */
  readFolder(folder: string): Promise<ReadonlyMap<string, string>>;
  readFile(path: string): Promise<string | undefined>;
  /** The folders with module blocks that call a folder by a relative path. */
  findCallers(folder: string): Promise<readonly string[]>;
  /** The folders of the configurations that a variable file may be for. */
  findConfigurations(path: string): Promise<readonly string[]>;
  /** The variable files that may be for the configuration of a folder. */
  findVariableFiles(folder: string): Promise<readonly string[]>;
}

/** Modules of one configuration that are read. */
const maxModules = 200;

/** Reads the files that the names in a file may depend on: of its module's callers and of all modules that these call. */
export async function readRelatedFiles(path: string, source: TerraformSource): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const known = isVariables(path) ? await source.findConfigurations(path) : [];
  const modules = known.length > 0 ? known : [await findConfigurationFolder(getFolder(path), source)];
  const callers = await findAllCallers(modules, source);
  const folders = new Set(callers);
  for (const caller of callers) {
    const path = `${caller}/.terraform/modules/modules.json`;
    const manifest = await source.readFile(path);
    if (manifest === undefined) continue;
    texts.set(path, manifest);
    for (const module of new ModuleManifest(path, manifest).getFolders()) folders.add(module);
  }
  await readCalledFolders([...folders].slice(0, maxModules), source, texts);
  for (const caller of callers) {
    for (const path of await source.findVariableFiles(caller)) {
      const text = texts.get(path) ?? (await source.readFile(path));
      if (text !== undefined) texts.set(path, text);
    }
  }
  return texts;
}

/** Folders around a variable file that are searched for its configuration. */
const maxParents = 4;

/** The innermost folder around a folder that contains a configuration, or else the folder itself. */
async function findConfigurationFolder(folder: string, source: TerraformSource): Promise<string> {
  let parent = folder;
  for (let count = 0; count <= maxParents && parent !== ''; count++, parent = getFolder(parent)) {
    const files = await source.readFolder(parent);
    if ([...files.keys()].some(isConfiguration)) return parent;
  }
  return folder;
}

/** Folders and those that call them, directly or not. */
async function findAllCallers(modules: readonly string[], source: TerraformSource): Promise<readonly string[]> {
  const callers = new Set(modules.slice(0, maxModules));
  for (const folder of modules) {
    // A downloaded module belongs to the configuration that it was downloaded for.
    const [root = folder, ...rest] = folder.split('/.terraform/');
    if (rest.length > 0) callers.add(root);
  }
  let last = [...callers];
  for (let depth = 0; depth < maxCallDepth && last.length > 0 && callers.size < maxModules; depth++) {
    const found = await Promise.all(last.map((called) => source.findCallers(called)));
    last = [...new Set(found.flat())].filter((caller) => !callers.has(caller));
    for (const caller of last) callers.add(caller);
  }
  return [...callers];
}

/** Adds the files of folders and of the folders that they call. */
async function readCalledFolders(
  folders: readonly string[],
  source: TerraformSource,
  texts: Map<string, string>,
): Promise<void> {
  const known = new Set(folders);
  let last = folders;
  for (let depth = 0; depth <= maxCallDepth && last.length > 0; depth++) {
    const read = await Promise.all(last.map((folder) => source.readFolder(folder)));
    const files = read.flatMap((folder) => [...folder]);
    for (const [path, text] of files) texts.set(path, text);
    const called = new Set<string>();
    for (const [path, text] of files)
      for (const folder of await runInSlices(findCalledFolders(path, text))) called.add(folder);
    last = [...called].filter((folder) => !known.has(folder)).slice(0, Math.max(0, maxModules - known.size));
    for (const folder of last) known.add(folder);
  }
}

const localSource = /\bsource"?\s*[=:]\s*"(\.\.?(?:\/[^"\r\n]*)?)"/g;

/** The folders that the module blocks of a file call by a relative path. A comment may name a folder as well. */
export function* findCalledFolders(path: string, text: string): SlicedWork<readonly string[]> {
  const folder = getFolder(path);
  const called = new Set<string>();
  for (const [, relative = ''] of text.matchAll(localSource)) {
    called.add(joinPath(folder, relative));
    yield;
  }
  return [...called];
}
