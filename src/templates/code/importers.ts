import type { SlicedWork } from '../../timeSlicing.ts';
import { memoize } from '../memoize.ts';
import { findFile, getExportedName, getOwnName, getSources, isDeclared, type LinkedName } from './origins.ts';
import type { Program } from './program.ts';

/** What a program takes from another one. */
interface Imported {
  /** The names that it gives to the other program's names. */
  readonly aliases: Map<string, string[]>;
  /** Whether it imports all names: `from names import *`. */
  isSource: boolean;
  /** Whether it imports the file itself: `import * as names`. */
  isFile: boolean;
}

/** Imports of a program that are read. */
const maxImports = 200;

/** Names that programs give to one. More are of no use: its calls have too many possible arguments. */
const maxAliases = 200;

const getImported = memoize((importer: Program): ReadonlyMap<Program, Imported> => {
  const imported = new Map<Program, Imported>();
  const add = (program: Program): Imported => {
    const entry = imported.get(program) ?? { aliases: new Map(), isSource: false, isFile: false };
    imported.set(program, entry);
    return entry;
  };
  for (const source of getSources(importer)) add(source).isSource = true;
  for (const [alias, imports] of [...importer.getImports().names].slice(0, maxImports)) {
    for (const each of imports) {
      const file = findFile(importer, each);
      if (file !== undefined) add(file).isFile = true;
      const program = importer.related.find(each.source);
      const exported = getExportedName(each, program);
      if (program === undefined || exported === undefined) continue;
      const name = getOwnName(program, exported);
      const { aliases } = add(program);
      aliases.set(name, [...(aliases.get(name) ?? []), alias]);
    }
  }
  return imported;
}, new WeakMap());

/** Finds out what programs import from each other, in short steps. */
export function* indexImports(programs: Iterable<Program>): SlicedWork<void> {
  for (const program of programs) {
    getImported(program);
    yield;
  }
}

/**
 * What other programs call a name, also if they take it from a program that passes it on. Undefined if they have too
 * many names for it.
 */
export function findAliases(origin: LinkedName): readonly LinkedName[] | undefined {
  const aliases = new Map<Program, Set<string>>([[origin.program, new Set([origin.name])]]);
  const found: LinkedName[] = [];
  const passedOn = [origin];
  for (const { program, name } of passedOn) {
    for (const importer of program.related.getAll()) {
      const imported = getImported(importer).get(program);
      if (imported === undefined) continue;
      const known = aliases.get(importer) ?? new Set();
      aliases.set(importer, known);
      const isTaken = imported.isSource && !importer.getImports().names.has(name);
      const named = [...(imported.aliases.get(name) ?? []), ...(isTaken ? [name] : [])];
      for (const alias of imported.isFile ? [...named, name] : named) {
        if (known.has(alias)) continue;
        known.add(alias);
        if (found.push({ program: importer, name: alias }) > maxAliases) return undefined;
        if (named.includes(alias) && !isDeclared(importer, alias)) passedOn.push({ program: importer, name: alias });
      }
    }
  }
  return found;
}
