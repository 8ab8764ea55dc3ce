import type { SlicedWork } from '../../timeSlicing.ts';
import { memoize } from '../memoize.ts';
import { maskLongLines } from '../syntax/longLines.ts';
import { getSyntaxDocument } from '../syntax/reparse.ts';
import { parser } from '../syntax/shellParser.ts';
import { type LinkedScript, Script, type Session } from './script.ts';
import { readScriptNames } from './scriptNames.ts';
import { findSourceCommands, getSourcedPaths } from './sourcedScripts.ts';

/** Scripts of one session that are read. */
const maxScripts = 20;

/** A script by its path and where another one executes it, or where it executes another one. */
interface LinkedPath {
  readonly path: string;
  readonly at: number;
  /** Whether the one that is executed gets arguments. */
  readonly hasArguments: boolean;
}

/** Reads a script with those that it executes and that execute it. */
export class SessionReader {
  readonly #files: ReadonlyMap<string, string>;
  #count = 0;

  /** `files` are the texts of all scripts by path. */
  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files;
  }

  *read(path: string): SlicedWork<Script> {
    return yield* this.#readCaller(path, []);
  }

  /** `around` are the scripts that a script is read for, as scripts may execute each other. */
  *#readCaller(path: string, around: readonly string[]): SlicedWork<Script> {
    const callers = [...this.#files.keys()].flatMap((caller) =>
      this.#findSourced(caller).flatMap((sourced) => (sourced.path === path ? [{ ...sourced, path: caller }] : [])),
    );
    const linked = yield* this.#readLinked(callers, [...around, path], (caller, ...args) =>
      this.#readCaller(caller.path, ...args),
    );
    const hasArguments = callers.some((caller) => caller.hasArguments);
    return yield* this.#readScript(path, around, { getCallers: () => linked, hasArguments });
  }

  *#readScript(path: string, around: readonly string[], session: Session): SlicedWork<Script> {
    const text = this.#files.get(path) ?? '';
    const { tree } = yield* getSyntaxDocument(path).parse(parser, maskLongLines(text));
    const names = yield* readScriptNames(text, tree, { start: 0, end: text.length });
    const files = names.sources.flatMap(({ start: at, paths, hasArguments }) =>
      this.#findFiles(
        path,
        paths.map((each) => ({ path: each, at, hasArguments })),
      ),
    );
    let script: Script | undefined;
    const sourced = yield* this.#readLinked(files, [...around, path], (file, ...args) =>
      this.#readScript(file.path, ...args, {
        getCallers: () => (script === undefined ? [] : [{ script, at: file.at }]),
        hasArguments: file.hasArguments,
      }),
    );
    script = new Script(text, tree, names, { ...session, sourced });
    return script;
  }

  *#readLinked(
    paths: readonly LinkedPath[],
    around: readonly string[],
    read: (path: LinkedPath, around: readonly string[]) => SlicedWork<Script>,
  ): SlicedWork<readonly LinkedScript[]> {
    const scripts: LinkedScript[] = [];
    for (const path of paths) {
      if (around.includes(path.path) || this.#count === maxScripts) continue;
      this.#count++;
      scripts.push({ script: yield* read(path, around), at: path.at });
    }
    return scripts;
  }

  readonly #findSourced = memoize((path: string): readonly LinkedPath[] =>
    this.#findFiles(path, findSourceCommands(this.#files.get(path) ?? '')),
  );

  /** The files that a script executes. */
  #findFiles(path: string, links: readonly LinkedPath[]): readonly LinkedPath[] {
    return links.flatMap((link) => {
      const found = getSourcedPaths(path, link.path).find((each) => this.#files.has(each));
      return found === undefined ? [] : [{ ...link, path: found }];
    });
  }
}
