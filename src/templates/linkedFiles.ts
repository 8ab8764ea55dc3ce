import { findServicePaths } from './cloudformation/servicePaths.ts';
import { findImportSources, getImportPaths } from './code/importPaths.ts';
import type { LinkedLanguage } from './language.ts';
import { findSourceCommands, getSourcedPaths } from './shell/sourcedScripts.ts';

/** Access to the files of a file system by path. */
export interface LinkSource {
  /** The text of a file, undefined if it does not exist. */
  readFile(path: string): Promise<string | undefined>;
  /** The files that refer to a file. */
  findReferring(path: string): Promise<readonly string[]>;
}

type FindPaths = (path: string, text: string) => readonly (readonly string[])[];

const findImportPaths: FindPaths = (path, text) =>
  findImportSources(path, text).map((source) => getImportPaths(path, source));

const finders: Readonly<Record<LinkedLanguage, FindPaths>> = {
  cloudformation: findServicePaths,
  javascript: findImportPaths,
  python: findImportPaths,
  shell: (path, text) => findSourceCommands(text).map((command) => getSourcedPaths(path, command.path)),
};

/** For each file that a program imports, a script executes or a service includes: the paths that it may have, the most likely first. */
export const findLinkedPaths = (language: LinkedLanguage, path: string, text: string): readonly (readonly string[])[] =>
  finders[language](path, text);

/** Files that are read for one document, and those of them that refer to it. */
const maxFiles = 40;
const maxReferring = 15;

/** Files that are followed from one to the next. */
const maxDepth = 3;

/** Paths that are tried. Most of the possible paths of an import do not exist. */
const maxPaths = 1_000;

/**
 * Reads the files that the names in a document may depend on, by path: those that refer to it, directly or not, and
 * those that it and they refer to.
 */
export async function readLinkedFiles(
  language: LinkedLanguage,
  path: string,
  text: string,
  source: LinkSource,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map([[path, text]]);
  await addReferring(texts, source);
  let last = [...texts.keys()];
  let left = maxPaths;
  for (let depth = 0; depth < maxDepth && last.length > 0; depth++) {
    const links = last.flatMap((each) => findLinkedPaths(language, each, texts.get(each) ?? ''));
    last = [];
    for (const paths of links) {
      for (const each of paths) {
        if (texts.has(each) || texts.size > maxFiles || left-- <= 0) break;
        const content = await source.readFile(each);
        if (content === undefined) continue;
        texts.set(each, content);
        last.push(each);
        break;
      }
    }
  }
  texts.delete(path);
  return texts;
}

async function addReferring(texts: Map<string, string>, source: LinkSource): Promise<void> {
  let last: readonly string[] = [...texts.keys()];
  for (let depth = 0; depth < maxDepth && last.length > 0; depth++) {
    const found = await Promise.all(last.map((path) => source.findReferring(path)));
    last = [...new Set(found.flat())].filter((path) => !texts.has(path)).slice(0, maxReferring + 1 - texts.size);
    for (const path of last) {
      const text = await source.readFile(path);
      if (text !== undefined) texts.set(path, text);
    }
  }
}
