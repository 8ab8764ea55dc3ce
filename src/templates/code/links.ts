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
export function findDeclared(
  program: Program,
  name: string,
  at: number,
  searched: Searched = new Map(),
): readonly LinkedDeclarations[] {
  const declarations = program.bindings.findVisible(name, at);
  const here = declarations.length > 0 ? [{ program, declarations }] : [];
  // Python may import what it declares elsewhere: `try: from names import NAME`, `except ImportError: NAME = "default"`.
  if (here.length > 0 && program.language !== 'python') return here;
  const origins = addSearched(searched, program, name) ? findOrigins(program, name) : [];
  return [...here, ...origins.flatMap((origin) => findDeclared(origin.program, origin.name, 0, searched))];
}

/** The declarations of a member of a class, as in `this.member` or `Names.member`, or of an imported file. */
export function findMembers(
  program: Program,
  owner: string,
  member: string,
  at: number,
): readonly LinkedDeclarations[] {
  const isOwn = program.syntax.ownNames.has(owner);
  const className = isOwn ? program.findClassName(at) : undefined;
  const derived = className === undefined ? [] : getDerived(program)(className);
  return [
    ...findInClass(program, owner, member, at),
    // The object may be one of a class that extends this one.
    ...derived.flatMap((each) => {
      const declarations = each.program.bindings.findOwnMembers(each.name, member, 0);
      return declarations.length > 0 ? [{ program: each.program, declarations }] : [];
    }),
  ];
}

function findInClass(
  program: Program,
  owner: string,
  member: string,
  at: number,
  depth = 0,
): readonly LinkedDeclarations[] {
  const declarations = program.bindings.findMembers(owner, member, at);
  if (declarations.length > 0) return [{ program, declarations }];
  if (depth === maxDepth) return [];
  const files = (program.getImports().names.get(owner) ?? []).flatMap((imported) => findFile(program, imported) ?? []);
  if (files.length > 0) {
    const exported = files.flatMap((file) => findExport(file, member) ?? []);
    return exported.flatMap((each) => findDeclared(each.program, each.name, 0));
  }
  const origins = findOrigins(program, program.bindings.findMissingBase(owner, at) ?? owner);
  return origins.flatMap((origin) => findInClass(origin.program, origin.name, member, 0, depth + 1));
}

/** The classes that extend a class, directly or not, in its file and in those that import it. */
const getDerived = memoize(
  (program: Program) => memoize((name: string) => searchDerived({ program, name }, new Map())),
  new WeakMap(),
);

function searchDerived(base: LinkedName, searched: Searched): readonly LinkedName[] {
  if (!addSearched(searched, base.program, base.name)) return [];
  const importers = [...base.program.related.getAll()].filter((other) => other !== base.program);
  return [base, ...importers.flatMap((importer) => findAliases(importer, base))].flatMap(({ program, name }) =>
    (program.calls.findExtending(name) ?? []).flatMap((each) => {
      const derived = { program, name: each.name };
      return [derived, ...searchDerived(derived, searched)];
    }),
  );
}

/** What a call may be of: the declarations of its function or class, also if it is passed as an argument. */
export function findCallees(
  program: Program,
  [name = '', member]: readonly string[],
  at: number,
  known = new Set<Declaration>(),
): readonly LinkedDeclarations[] {
  const found = member === undefined ? findDeclared(program, name, at) : findMembers(program, name, member, at);
  const parameters = found.flatMap((each) => each.declarations.map((declaration) => ({ ...each, declaration })));
  const passed = parameters.flatMap(({ program: declaring, declaration }) => {
    const { parameter } = declaration;
    if (parameter?.callable === undefined || known.has(declaration)) return [];
    known.add(declaration);
    return (findCalls(declaring, parameter.callable) ?? []).flatMap(({ program: caller, call }) => {
      const value = selectArgument(call.getArguments(), parameter.name, parameter.index)?.value;
      const path = value && getPath(value);
      return path && path.length <= 2 ? findCallees(caller, path, value.start, known) : [];
    });
  });
  return [...found, ...passed];
}

/** The file that an import is: `import * as names`, `import names` or, for a module of a package, `from package import names`. */
function findFile({ related, language }: Program, imported: Import): Program | undefined {
  const file = imported.name === undefined ? related.find(imported.source) : undefined;
  if (imported.name === undefined) return file?.related.isData ? undefined : file;
  return language === 'python' ? related.find(joinModules(imported.source, imported.name)) : undefined;
}

/** Where an imported name, or `file.name` of an imported file, is declared, also if files pass it on. */
const findOrigins = (program: Program, name: string): readonly LinkedName[] => getOriginsOf(program)(name);

const getOriginsOf = memoize(
  (program: Program) => memoize((name: string) => searchOrigins(program, name, new Map())),
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

function searchOrigins(program: Program, name: string, searched: Searched): readonly LinkedName[] {
  if (!addSearched(searched, program, name)) return [];
  const [first = '', member] = name.split('.');
  const imports = program.getImports().names.get(first) ?? [];
  if (member !== undefined) {
    const modules = imports.flatMap((imported) => findFile(program, imported) ?? []);
    return modules.flatMap((module) => findExport(module, member, searched) ?? []);
  }
  const named = imports.flatMap((imported) => {
    const file = program.related.find(imported.source);
    const exported = imported.name ?? (file?.related.isData ? 'default' : undefined);
    return (file && exported !== undefined && findExport(file, exported, searched)) || [];
  });
  if (imports.length > 0) return named;
  for (const file of getSources(program)) {
    const origin = findExport(file, name, searched);
    if (origin !== undefined) return [origin];
  }
  return [];
}

function findExport(program: Program, exported: string, searched: Searched = new Map()): LinkedName | undefined {
  const name = program.getImports().exported.get(exported) ?? exported;
  const isDeclared = program.bindings.findVisible(name, 0).length > 0;
  return isDeclared ? { program, name } : searchOrigins(program, name, searched)[0];
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
    [...names.values()].flat().some((imported) => findFile(importer, imported) === program);
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
    [...program.getImports().names.keys()]
      .slice(0, maxOrigins)
      .flatMap((alias) => findOrigins(program, alias).map((origin) => ({ alias, origin }))),
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
