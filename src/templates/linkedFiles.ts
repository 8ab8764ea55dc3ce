import { findServiceLinks, getServicePaths } from './cloudformation/servicePaths.ts';
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

/** How the files of a language refer to others. */
interface LinkSyntax {
  /** What a file writes to refer to others. */
  readonly findLinks: (path: string, text: string) => readonly string[];
  /** The paths that a link in a file may mean, the most likely first. */
  readonly getPaths: (path: string, link: string) => readonly string[];
}

const programLinks: LinkSyntax = { findLinks: findImportSources, getPaths: getImportPaths };

const syntaxes: Readonly<Record<LinkedLanguage, LinkSyntax>> = {
  cloudformation: { findLinks: findServiceLinks, getPaths: getServicePaths },
  javascript: programLinks,
  python: programLinks,
  shell: {
    findLinks: (_path, text) => findSourceCommands(text).map((command) => command.path),
    getPaths: getSourcedPaths,
  },
};

/** What a program imports, a script executes or a file of a service includes, as it is written. */
export const findLinks = (language: LinkedLanguage, path: string, text: string): readonly string[] =>
  syntaxes[language].findLinks(path, text);

/** Whether a link in a file may mean another file. */
export function isLinkTo(language: LinkedLanguage, path: string, link: string, other: string): boolean {
  // A cheap test first: the other file or its folder has the last name of the link.
  const names = link.split(/[^\w-]+/).filter((name) => !/^(?:[cm]?[jt]sx?|json)?$/.test(name));
  const name = names.at(-1) ?? '';
  return other.includes(name) && syntaxes[language].getPaths(path, link).includes(other);
}

/** Files that are read for one document, and those of them that refer to it. */
const maxFiles = 40;
const maxReferring = 15;

/** Characters of all files together. */
const maxLength = 500_000;

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
  let length = 0;
  let left = maxPaths;
  const read = async (each: string): Promise<boolean> => {
    if (texts.size > maxFiles || left-- <= 0) return false;
    const content = await source.readFile(each);
    if (content === undefined || length + content.length > maxLength) return false;
    length += content.length;
    texts.set(each, content);
    return true;
  };
  const readAll = async (paths: readonly string[]): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const each of paths) if (await read(each)) found.push(each);
    return found;
  };
  let last: readonly string[] = [path];
  for (let depth = 0; depth < maxDepth && last.length > 0; depth++) {
    const found = (await Promise.all(last.map((each) => source.findReferring(each)))).flat();
    const unread = [...new Set(found)].filter((each) => !texts.has(each));
    last = await readAll(unread.slice(0, maxReferring + 1 - texts.size));
  }
  last = [...texts.keys()];
  for (let depth = 0; depth < maxDepth && last.length > 0; depth++) {
    const found: string[] = [];
    for (const each of last) {
      for (const link of findLinks(language, each, texts.get(each) ?? '')) {
        const paths = syntaxes[language].getPaths(each, link);
        const known = paths.findIndex((linked) => texts.has(linked));
        for (const linked of known < 0 ? paths : paths.slice(0, known)) {
          if (!(await read(linked))) continue;
          found.push(linked);
          break;
        }
      }
    }
    last = found;
  }
  texts.delete(path);
  return texts;
}
