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
  const [name = ''] = /[\w-]*(?=\.?\w*$)/.exec(link) ?? [];
  return other.includes(name) && syntaxes[language].getPaths(path, link).includes(other);
}

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
    const links = last.flatMap((each) =>
      findLinks(language, each, texts.get(each) ?? '').map((link) => syntaxes[language].getPaths(each, link)),
    );
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
