import { getFolder, joinPath } from '../paths.ts';

/** A command that executes another script in the same shell: `source ./names.sh`. */
export interface SourceCommand {
  readonly at: number;
  /** The path of the other script, without what is known only when the command is executed. */
  readonly path: string;
}

/** Commands that are read. */
const maxCommands = 20;

/** Matches `source FILE` and `. FILE`, with the rest of the line. */
const sourceCommand = /(?:^|[;&|{]|\b(?:then|else|do))[ \t]*(?:source|\.)[ \t]+([^\s;&|][^\n]{0,200})/gm;

/** Matches a path up to the end of its word: a whole one, or what follows an expansion: `"$(dirname "$0")/names.sh"`. */
const pathEnd = /(?:^|[})`]|\$\w+(?!\w))["']?([\w./@+-]+)["']?(?=[\s;&|)]|$)/;

export function findSourceCommands(text: string): readonly SourceCommand[] {
  const commands: SourceCommand[] = [];
  for (const match of text.matchAll(sourceCommand)) {
    const [, words = ''] = match;
    const path = pathEnd.exec(words)?.[1];
    // A home folder or another absolute path is no part of the project.
    if (path !== undefined && !/^["']?[~/]/.test(words)) commands.push({ at: match.index, path });
    if (commands.length === maxCommands) break;
  }
  return commands;
}

/** Folders around a script that a path may be relative to, as the script may be started in any of them. */
const maxParents = 4;

/** The paths that a sourced script may have, the most likely first. */
export function getSourcedPaths(path: string, sourced: string): readonly string[] {
  const folder = getFolder(path);
  return Array.from({ length: maxParents + 1 }, (_, count) => joinPath(folder, '../'.repeat(count) + sourced));
}
