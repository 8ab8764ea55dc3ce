import { getFolder, getFoldersAround, joinPath } from '../paths.ts';

/** A command that executes another script in the same shell: `source ./names.sh`. */
export interface SourceCommand {
  readonly at: number;
  /** The path of the other script, without what is known only when the command is executed. */
  readonly path: string;
}

/** Commands that are read. */
const maxCommands = 20;

/** Matches `source FILE` and `. FILE`, with what is before it and the rest of the line. */
const sourceCommand = /((?:^|[;&|{]|\b(?:then|else|do))[ \t]*)(?:source|\.)[ \t]+([^\s;&|][^\n]{0,200})/gm;

/** Matches a path up to the end of its word: a whole one, or what follows an expansion: `"$(dirname "$0")/names.sh"`. */
const pathEnd = /(?:^|[})`]|\$\w+(?!\w))["']?([\w./@+-]+)["']?(?=[\s;&|)]|$)/;

export function findSourceCommands(text: string): readonly SourceCommand[] {
  const commands: SourceCommand[] = [];
  for (const match of text.matchAll(sourceCommand)) {
    const [, before = '', words = ''] = match;
    const path = findPath(words);
    if (path !== undefined) commands.push({ at: match.index + before.length, path });
    if (commands.length === maxCommands) break;
  }
  return commands;
}

/** Matches an expansion, also with others in it. */
const expansion = /\$\([^()]*(?:\([^()]*\)[^()]*)*\)|\$\{[^}]*\}|\$\w+/g;

/** The path in the rest of a line: a whole one, or what follows an expansion at its start. */
function findPath(words: string): string | undefined {
  // A home folder or another absolute path is no part of the project.
  if (/^["']?[~/]/.test(words)) return undefined;
  const [match = '', path] = pathEnd.exec(words) ?? [];
  if (path === undefined) return undefined;
  const before = words.slice(0, words.indexOf(match) + match.indexOf(path)).replaceAll(expansion, '');
  // What is unknown within a path may be any folder.
  return before.includes('/') ? undefined : path;
}

/** Folders around a script that a path may be relative to, as the script may be started in any of them. */
const maxParents = 4;

/** The paths that a sourced script may have, the most likely first. */
export const getSourcedPaths = (path: string, sourced: string): readonly string[] =>
  getFoldersAround(getFolder(path), maxParents).map((folder) => joinPath(folder, sourced));
