import type { SlicedWork } from '../../timeSlicing.ts';
import { memoize } from '../memoize.ts';
import { maskLongLines } from '../syntax/longLines.ts';
import { getSyntaxDocument } from '../syntax/reparse.ts';
import { parser } from '../syntax/shellParser.ts';
import { type LinkedScript, readScript, type Script } from './script.ts';
import { findSourceCommands, getSourcedPaths } from './sourcedScripts.ts';

/** Scripts of one session that are read. */
const maxScripts = 20;

/** A script by its path and where another one executes it, or where it executes another one. */
interface LinkedPath {
  readonly path: string;
  readonly at: number;
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
      this.#findSourced(caller).flatMap((sourced) => (sourced.path === path ? [{ path: caller, at: sourced.at }] : [])),
    );
    const linked = yield* this.#readLinked(callers, [...around, path], (...args) => this.#readCaller(...args));
    return yield* this.#readScript(path, around, linked);
  }

  *#readScript(path: string, around: readonly string[], callers: readonly LinkedScript[] = []): SlicedWork<Script> {
    const text = this.#files.get(path) ?? '';
    const { tree } = yield* getSyntaxDocument(path).parse(parser, maskLongLines(text));
    const paths = this.#findSourced(path);
    const sourced = yield* this.#readLinked(paths, [...around, path], (...args) => this.#readScript(...args));
    return yield* readScript(text, tree, { start: 0, end: text.length }, { sourced, callers });
  }

  *#readLinked(
    paths: readonly LinkedPath[],
    around: readonly string[],
    read: (path: string, around: readonly string[]) => SlicedWork<Script>,
  ): SlicedWork<readonly LinkedScript[]> {
    const scripts: LinkedScript[] = [];
    for (const { path, at } of paths) {
      if (around.includes(path) || this.#count === maxScripts) continue;
      this.#count++;
      scripts.push({ script: yield* read(path, around), at });
    }
    return scripts;
  }

  readonly #findSourced = memoize((path: string): readonly LinkedPath[] =>
    findSourceCommands(this.#files.get(path) ?? '').flatMap(({ path: sourced, at }) => {
      const found = getSourcedPaths(path, sourced).find((each) => this.#files.has(each));
      return found === undefined ? [] : [{ path: found, at }];
    }),
  );
}
