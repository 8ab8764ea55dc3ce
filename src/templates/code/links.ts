import { getPath } from '../expressions/expression.ts';
import { memoize } from '../memoize.ts';
import type { ProgramCall } from './calls.ts';
import type { Declaration } from './declarations.ts';
import { selectArgument } from './frames.ts';
import { joinModules } from './importPaths.ts';
import type { Import } from './imports.ts';
import type { Program } from './program.ts';

/** What a name is declared as, in one of several programs. */
export interface LinkedDeclarations {
  readonly program: Program;
  readonly declarations: readonly Declaration[];
}

/** A call in one of several programs. */
export interface LinkedCall {
  readonly program: Program;
  readonly call: ProgramCall;
}

/** A name at the top of one of several programs. */
interface LinkedName {
  readonly program: Program;
  readonly name: string;
}

/** Classes that extend each other. */
const maxDepth = 5;

/** A function with more calls has too many possible arguments to be useful. */
const maxCalls = 200;

/** The declarations of a name that is visible at an offset, here or in the file that it is imported from. */
export function findDeclared(program: Program, name: string, at: number): LinkedDeclarations {
  const declarations = program.bindings.findVisible(name, at);
  const origin = declarations.length > 0 ? undefined : findOrigin(program, name);
  return origin === undefined ? { program, declarations } : findDeclared(origin.program, origin.name, 0);
}

/** The declarations of a member of a class, as in `this.member` or `Names.member`, or of an imported file. */
export function findMembers(
  program: Program,
  owner: string,
  member: string,
  at: number,
  depth = 0,
): LinkedDeclarations {
  const declarations = program.bindings.findMembers(owner, member, at);
  const here = { program, declarations };
  if (declarations.length > 0 || depth === maxDepth) return here;
  const file = findFile(program, program.getImports().names.get(owner));
  if (file !== undefined) {
    const exported = findExport(file, member);
    return exported === undefined ? here : findDeclared(exported.program, exported.name, 0);
  }
  const origin = findOrigin(program, program.bindings.findMissingBase(owner, at) ?? owner);
  return origin === undefined ? here : findMembers(origin.program, origin.name, member, 0, depth + 1);
}

/** What a call may be of: the declarations of its function or class, also if a parameter stands for it. */
export function findCallees(
  program: Program,
  [name = '', member]: readonly string[],
  at: number,
  known = new Set<Declaration>(),
): readonly LinkedDeclarations[] {
  const found = member === undefined ? findDeclared(program, name, at) : findMembers(program, name, member, at);
  const passed = found.declarations.flatMap((declaration) => {
    const { parameter } = declaration;
    if (parameter?.callable === undefined || known.has(declaration)) return [];
    known.add(declaration);
    return (findCalls(found.program, parameter.callable) ?? []).flatMap(({ program: caller, call }) => {
      const value = selectArgument(call.getArguments(), parameter.name, parameter.index)?.value;
      const path = value && getPath(value);
      return path && path.length <= 2 ? findCallees(caller, path, value.start, known) : [];
    });
  });
  return [found, ...passed];
}

/** The file that an import is: `import * as names`, `import names` or, for a module of a package, `from package import names`. */
function findFile({ related, language }: Program, imported: Import | undefined): Program | undefined {
  if (imported === undefined) return undefined;
  const file = imported.name === undefined ? related.find(imported.source) : undefined;
  if (imported.name === undefined) return file?.related.isData ? undefined : file;
  return language === 'python' ? related.find(joinModules(imported.source, imported.name)) : undefined;
}

/** Where an imported name, or `file.name` of an imported file, is declared, also if files pass it on. */
const findOrigin = (program: Program, name: string): LinkedName | undefined => getOrigin(program)(name);

const getOrigin = memoize(
  (program: Program) => memoize((name: string) => searchOrigin(program, name, new Map())),
  new WeakMap(),
);

/** Names by which one file passes on what it takes from others. */
const maxNames = 20;

/** Names that have been looked for in each program: files may pass on names to each other in circles. */
type Searched = Map<Program, Set<string>>;

/** False if a name has been looked for, or too many. */
function addSearched(searched: Searched, program: Program, name: string): boolean {
  const names = searched.get(program) ?? new Set();
  if (names.has(name) || names.size === maxNames) return false;
  searched.set(program, names.add(name));
  return true;
}

function searchOrigin(program: Program, name: string, searched: Searched): LinkedName | undefined {
  if (!addSearched(searched, program, name)) return undefined;
  const imports = program.getImports();
  const [first = '', member] = name.split('.');
  const imported = imports.names.get(first);
  const module = member === undefined ? undefined : findFile(program, imported);
  if (member !== undefined) return module && findExport(module, member, searched);
  for (const file of imported === undefined ? getSources(program) : [program.related.find(imported.source)]) {
    const exported = imported === undefined ? name : (imported.name ?? (file?.related.isData ? 'default' : undefined));
    const origin = file && exported !== undefined ? findExport(file, exported, searched) : undefined;
    if (origin !== undefined) return origin;
  }
  return undefined;
}

function findExport(program: Program, exported: string, searched: Searched = new Map()): LinkedName | undefined {
  const name = program.getImports().exported.get(exported) ?? exported;
  const isDeclared = program.bindings.findVisible(name, 0).length > 0;
  return isDeclared ? { program, name } : searchOrigin(program, name, searched);
}

/**
 * The calls of a function or class: in its file, in those that import it, and by classes that extend it. Undefined if
 * there are too many.
 */
export const findCalls = (program: Program, name: string): readonly LinkedCall[] | undefined => getCalls(program)(name);

const getCalls = memoize(
  (program: Program) =>
    memoize((name: string): readonly LinkedCall[] | undefined => {
      const calls = findAllCalls({ program, name }, new Map());
      return calls === undefined || calls.length > maxCalls ? undefined : calls;
    }),
  new WeakMap(),
);

/** Undefined if there are too many. */
function findAllCalls({ program, name }: LinkedName, searched: Searched): readonly LinkedCall[] | undefined {
  if (!addSearched(searched, program, name)) return [];
  const importers = [...program.related.getAll()].filter((other) => other !== program);
  const names = importers.flatMap((importer) => findAliases(importer, { program, name }));
  const calls: LinkedCall[] = [];
  for (const each of [{ program, name }, ...names]) {
    const found = findCallsInFile(each, searched);
    if (found === undefined || calls.push(...found) > maxCalls) return undefined;
  }
  return calls;
}

/** What a program calls a name of another one. */
function findAliases(importer: Program, { program, name }: LinkedName): readonly LinkedName[] {
  const aliases = getOrigins(importer).filter(({ origin }) => origin.program === program && origin.name === name);
  const { names } = importer.getImports();
  const isWhole =
    getSources(importer).includes(program) ||
    [...names.values()].some((imported) => findFile(importer, imported) === program);
  const found = new Set([...aliases.map(({ alias }) => alias), ...(isWhole ? [name] : [])]);
  return [...found].map((each) => ({ program: importer, name: each }));
}

/** The programs that a program takes all names from. In Python the last one counts. */
const getSources = memoize((program: Program): readonly Program[] => {
  const files = program.getImports().sources.flatMap((source) => program.related.find(source) ?? []);
  return [...new Set(program.language === 'python' ? files.toReversed() : files)];
}, new WeakMap());

/** Imports of a program that are searched for names of another one. */
const maxOrigins = 200;

/** Where the names that a program imports are declared. */
const getOrigins = memoize(
  (program: Program) =>
    [...program.getImports().names.keys()].slice(0, maxOrigins).flatMap((alias) => {
      const origin = findOrigin(program, alias);
      return origin === undefined ? [] : [{ alias, origin }];
    }),
  new WeakMap(),
);

/** The calls in one file. A class without a constructor passes on what its own calls pass. */
function findCallsInFile({ program, name }: LinkedName, searched: Searched): readonly LinkedCall[] | undefined {
  const own = program.calls.findAll(name);
  const classes = program.calls.findExtending(name);
  if (own === undefined || classes === undefined) return undefined;
  const calls = own.map((call) => ({ program, call }));
  for (const each of classes) {
    const inherited =
      each.superCalls.length > 0
        ? each.superCalls.map((call) => ({ program, call }))
        : findAllCalls({ program, name: each.name }, searched);
    if (inherited === undefined || calls.push(...inherited) > maxCalls) return undefined;
  }
  return calls;
}
