import { getFolder, getFoldersAround, joinPath } from '../paths.ts';
import { OPEN } from '../values.ts';
import { PathWords } from './pathWords.ts';

/** A command that executes another script in the same shell: `source ./names.sh`. */
export interface SourceCommand {
  readonly at: number;
  /** The path of the other script, or one of several. */
  readonly path: string;
  /** Whether the other script gets arguments of its own. */
  readonly hasArguments: boolean;
}

/** What a source command may execute. */
export interface SourcedFiles {
  /** Paths without an unknown folder at their start. None if the file is outside of the project. */
  readonly paths: readonly string[];
  /** Whether it may be any file. */
  readonly isUnknown: boolean;
  readonly hasArguments: boolean;
}

/** Commands that are read, and what looks like one. */
const [maxCommands, maxMatches] = [20, 200];

/** Matches the start of `source FILE` and `. FILE` where a command may start. */
const sourceCommand =
  /(?<=(?:^|[;&|({`!)]|\b(?:if|elif|then|else|while|until|do|time|builtin|command))[ \t]*)(?:source|\.)(?=[ \t]+\S)/gm;

export function findSourceCommands(text: string): readonly SourceCommand[] {
  const commands: SourceCommand[] = [];
  const words = new PathWords(text);
  let matches = 0;
  for (const { 0: command, index: at } of text.matchAll(sourceCommand)) {
    const { paths, hasArguments } = readSourcedFiles(words, at + command.length);
    commands.push(...paths.map((path) => ({ at, path, hasArguments })));
    if (commands.length >= maxCommands || ++matches === maxMatches) break;
  }
  return commands;
}

/** Matches an argument after the path. `"$@"` passes on those of the script itself. */
const argument = /[ \t]+(?!\d*[<>]|[;&|#)}]|["']?\$[@*])\S/y;

/** Reads what follows `source` at an offset. */
export function readSourcedFiles(words: PathWords, at: number): SourcedFiles {
  const { values, end } = words.read(at);
  const hasArguments = words.isFollowedBy(argument, end);
  const paths = values.filter((value) => !isOutside(value)).map((value) => value.replace(unknownFolder, ''));
  const isUnknown = values.some(isDevice) || paths.some((path) => path === '' || path.includes(OPEN));
  return { paths: isUnknown ? [] : [...new Set(paths)], isUnknown, hasArguments };
}

/** Matches an unknown folder at the start, which is most often that of the script. */
const unknownFolder = new RegExp(`^${OPEN}+/+`);

/** A home folder or another absolute path is no part of the project. */
const isOutside = (path: string): boolean => /^[~/]/.test(path);

/** What a device contains is known only when the command is executed. */
const isDevice = (path: string): boolean => /^\/(?:dev|proc)\//.test(path);

/** Folders around a script that a path may be relative to, as the script may be started in any of them. */
const maxParents = 4;

/** The paths that a sourced script may have, the most likely first. */
export const getSourcedPaths = (path: string, sourced: string): readonly string[] =>
  getFoldersAround(getFolder(path), maxParents).map((folder) => joinPath(folder, sourced));
