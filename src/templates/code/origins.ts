import { memoize } from '../memoize.ts';
import { endOfFile } from './bindings.ts';
import { joinModules } from './importPaths.ts';
import type { Import } from './imports.ts';
import type { Program } from './program.ts';

/** A name at the top of one of several programs. */
export interface LinkedName {
  readonly program: Program;
  readonly name: string;
}

/** Names that one search looks for, far more than programs pass on to each other. */
const maxSearched = 60;

/** Names that have been looked for: programs may pass on names to each other in circles. */
export class SearchedNames {
  readonly #names = new Map<Program, Set<string>>();
  #left = maxSearched;

  /** Whether the search ended because of too many names. */
  get isIncomplete(): boolean {
    return this.#left < 0;
  }

  /** False if the name has been looked for, or too many. */
  add({ program, name }: LinkedName): boolean {
    const names = this.#names.get(program) ?? new Set();
    if (names.has(name) || --this.#left < 0) return false;
    this.#names.set(program, names.add(name));
    return true;
  }
}

/** Where an imported name, or `file.name` of an imported file, is declared, also if files pass it on. */
export const findOrigins = (program: Program, name: string): readonly LinkedName[] => getOriginsOf(program)(name);

const getOriginsOf = memoize(
  (program: Program) => memoize((name: string) => searchOrigins({ program, name }, new SearchedNames())),
  new WeakMap(),
);

function searchOrigins(linked: LinkedName, searched: SearchedNames): readonly LinkedName[] {
  if (!searched.add(linked)) return [];
  const { program, name } = linked;
  const [first = '', member] = name.split('.');
  const imports = program.getImports().names.get(first) ?? [];
  if (member !== undefined) {
    const modules = imports.flatMap((imported) => findFile(program, imported) ?? []);
    return modules.flatMap((module) => findExport(module, member, searched) ?? []);
  }
  const named = imports.flatMap((imported) => {
    const file = program.related.find(imported.source);
    const exported = getExportedName(imported, file);
    return (file && exported !== undefined && findExport(file, exported, searched)) || [];
  });
  if (imports.length > 0) return named;
  for (const file of getSources(program)) {
    const origin = findExport(file, name, searched);
    if (origin !== undefined) return [origin];
  }
  return [];
}

/** Where what a file exports is declared. */
export function findExport(program: Program, exported: string, searched = new SearchedNames()): LinkedName | undefined {
  const name = getOwnName(program, exported);
  return isDeclared(program, name) ? { program, name } : searchOrigins({ program, name }, searched)[0];
}

/** The name of what an import takes from a file. Undefined for the whole file. */
export const getExportedName = ({ name }: Import, file: Program | undefined): string | undefined =>
  name ?? (file?.related.isData ? 'default' : undefined);

/** What a program itself calls what it exports. */
export const getOwnName = (program: Program, exported: string): string =>
  program.getImports().exported.get(exported) ?? exported;

export const isDeclared = (program: Program, name: string): boolean =>
  program.bindings.findVisible(name, endOfFile).length > 0;

/** The file that an import is: `import * as names`, `import names` or, for a module of a package, `from package import names`. */
export function findFile({ related, language }: Program, imported: Import): Program | undefined {
  const file = imported.name === undefined ? related.find(imported.source) : undefined;
  if (imported.name === undefined) return file?.related.isData ? undefined : file;
  return language === 'python' ? related.find(joinModules(imported.source, imported.name)) : undefined;
}

/** The programs that a program takes all names from. In Python the last one counts. */
export const getSources = memoize((program: Program): readonly Program[] => {
  const files = program.getImports().sources.flatMap((source) => program.related.find(source) ?? []);
  return [...new Set(program.language === 'python' ? files.toReversed() : files)];
}, new WeakMap());
