import { runInSlices, type SlicedWork } from '../timeSlicing.ts';
import { findServiceLinks, getServicePaths } from './cloudformation/servicePaths.ts';
import { findImportSources, getImportPaths } from './code/importPaths.ts';
import type { LinkedLanguage } from './language.ts';
import { joinPath } from './paths.ts';
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

/** What a file refers to, prepared for searches. */
export interface FileLinks {
  readonly path: string;
  readonly links: readonly {
    /** As it is written. */
    readonly link: string;
    /** What the path of a file that the link may mean ends in, without its ending. */
    readonly pathEnd: string;
  }[];
}

/** Finds what a program imports, a script executes or a file of a service includes. */
export function* indexLinks(language: LinkedLanguage, path: string, text: string): SlicedWork<FileLinks> {
  const { findLinks, getPaths } = syntaxes[language];
  const links: { link: string; pathEnd: string }[] = [];
  for (const link of findLinks(path, text)) {
    const ownEnd = withoutEnding(link);
    // A link without a name of its own, such as `../..`, depends on the folder of its file.
    const pathEnds = ownEnd === '/' ? new Set(getPaths(path, link).map(withoutEnding)) : [ownEnd];
    for (const pathEnd of pathEnds) links.push({ link, pathEnd });
    yield;
  }
  return { path, links };
}

/**
 * The files that may refer to another one. Few links end as its path does: only for these, all paths that they may mean
 * are computed.
 */
export function* findReferring(
  language: LinkedLanguage,
  files: Iterable<FileLinks>,
  other: string,
): SlicedWork<readonly string[]> {
  const { getPaths } = syntaxes[language];
  const otherPath = withoutEnding(other);
  const found: string[] = [];
  for (const { path, links } of files) {
    const candidates = links.filter(({ pathEnd }) => otherPath.endsWith(pathEnd));
    if (candidates.some(({ link }) => getPaths(path, link).includes(other))) found.push(path);
    yield;
  }
  return found;
}

/** Matches a name that a language adds to what a link says, or takes for another one. */
const ending = /^(?:[cm]?[jt]sx?|index|py|__init__|ya?ml)$/;

/** The names in a path or a link, joined alike: `/lib/names` for `../lib/names/index.ts`, `@/lib/names` and `.lib.names`. */
function withoutEnding(path: string): string {
  const names = joinPath('', path)
    .split(/[^\w-]+/)
    .filter((name) => name !== '');
  return `/${names.slice(0, names.findLastIndex((name) => !ending.test(name)) + 1).join('/')}`;
}

/** The paths that each link of a file may mean. */
function* findLinkedPaths(
  language: LinkedLanguage,
  path: string,
  text: string,
): SlicedWork<readonly (readonly string[])[]> {
  const { findLinks, getPaths } = syntaxes[language];
  const paths: (readonly string[])[] = [];
  for (const link of findLinks(path, text)) {
    paths.push(getPaths(path, link));
    yield;
  }
  return paths;
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
  const isFull = (): boolean => texts.size > maxFiles || left <= 0;
  const read = async (each: string): Promise<boolean> => {
    if (isFull()) return false;
    left--;
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
      if (isFull()) break;
      for (const paths of await runInSlices(findLinkedPaths(language, each, texts.get(each) ?? ''))) {
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
