import { getPath } from '../expressions/expression.ts';
import { memoize } from '../memoize.ts';
import { endOfFile } from './bindings.ts';
import { findCalls } from './callers.ts';
import type { Declaration } from './declarations.ts';
import { isCertain } from './flow.ts';
import { selectArgument } from './frames.ts';
import { findAliases } from './importers.ts';
import { findExport, findFile, findOrigins, type LinkedName, SearchedNames } from './origins.ts';
import type { Program } from './program.ts';

/** What a name is declared as, in one of several programs. */
export interface LinkedDeclarations {
  readonly program: Program;
  readonly declarations: readonly Declaration[];
}

/** Classes that extend one. A member that more may override has too many possible values to be useful. */
const maxDerived = 200;

/** Parameters that a called function may be passed through. */
const maxParameters = 20;

/** The declarations of a name that is visible at an offset, here or in the file that it is imported from. */
export function findDeclared(
  program: Program,
  name: string,
  at: number,
  searched = new SearchedNames(),
): readonly LinkedDeclarations[] {
  const declarations = program.bindings.findVisible(name, at);
  const here = declarations.length > 0 ? [{ program, declarations }] : [];
  // Python may import what it declares elsewhere: `try: from names import NAME`, `except ImportError: NAME = "default"`.
  const node = program.bindings.nodeAt(at);
  const isDeclared = declarations.some((each) =>
    each.isChange ? isCertain(each, node, at) : program.language !== 'python',
  );
  if (isDeclared) return here;
  const origins = searched.add({ program, name }) ? findOrigins(program, name) : [];
  return [...here, ...origins.flatMap((origin) => findExported(origin, searched))];
}

/** What a name is declared as when all of its file has been executed. */
const findExported = ({ program, name }: LinkedName, searched?: SearchedNames): readonly LinkedDeclarations[] =>
  findDeclared(program, name, endOfFile, searched);

/**
 * The declarations of a member of a class, as in `this.member` or `Names.member`, or of an imported file. None if too many
 * classes may override it.
 */
export function findMembers(
  program: Program,
  owner: string,
  member: string,
  at: number,
): readonly LinkedDeclarations[] {
  const isOwn = program.syntax.ownNames.has(owner);
  const className = isOwn ? program.findClassName(at) : undefined;
  const derived = className === undefined ? [] : getDerived(program)(className);
  if (derived === undefined) return [];
  const found = findInClass(program, owner, member, at);
  const assigned = isOwn || found.length === 0 ? [] : program.bindings.findAssigned(owner, member);
  return [
    ...found,
    ...(assigned.length > 0 ? [{ program, declarations: assigned }] : []),
    // The object may be one of a class that extends this one.
    ...derived.flatMap((each) => {
      const declarations = each.program.bindings.findOwnMembers(each.name, member, endOfFile);
      return declarations.length > 0 ? [{ program: each.program, declarations }] : [];
    }),
  ];
}

function findInClass(
  program: Program,
  owner: string,
  member: string,
  at: number,
  searched = new SearchedNames(),
): readonly LinkedDeclarations[] {
  if (!searched.add({ program, name: owner })) return [];
  const declarations = program.bindings.findOwnMembers(owner, member, at);
  if (declarations.length > 0) return [{ program, declarations }];
  const files = (program.getImports().names.get(owner) ?? []).flatMap((imported) => findFile(program, imported) ?? []);
  if (files.length > 0) {
    const exported = files.flatMap((file) => findExport(file, member) ?? []);
    return exported.flatMap((each) => findExported(each));
  }
  const bases = program.bindings.findBases(owner, at);
  if (bases === undefined)
    return findOrigins(program, owner).flatMap((origin) =>
      findInClass(origin.program, origin.name, member, endOfFile, searched),
    );
  for (const base of bases) {
    const inherited = findInClass(program, base.name, member, base.at, searched);
    if (inherited.length > 0) return inherited;
  }
  return [];
}

/** The classes that extend a class, directly or not, in all programs. Undefined if there are too many. */
const getDerived = memoize(
  (program: Program) =>
    memoize((name: string): readonly LinkedName[] | undefined => {
      const derived: LinkedName[] = [];
      const searched = new SearchedNames();
      return addDerived({ program, name }, derived, searched) ? derived : undefined;
    }),
  new WeakMap(),
);

/** False if there are too many. */
function addDerived(base: LinkedName, derived: LinkedName[], searched: SearchedNames): boolean {
  if (!searched.add(base)) return !searched.isIncomplete;
  const aliases = findAliases(base);
  if (aliases === undefined) return false;
  const found = [base, ...aliases].flatMap(({ program, name }) =>
    (program.calls.findExtending(name) ?? []).map((each) => ({ program, name: each.name })),
  );
  return derived.push(...found) <= maxDerived && found.every((each) => addDerived(each, derived, searched));
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
    if (parameter?.callable === undefined || known.has(declaration) || known.size === maxParameters) return [];
    known.add(declaration);
    return (findCalls(declaring, parameter.callable) ?? []).flatMap(({ program: caller, call }) => {
      const value = selectArgument(call.getArguments(), parameter.name, parameter.index)?.value;
      const path = value && getPath(value);
      return path && path.length <= 2 ? findCallees(caller, path, value.start, known) : [];
    });
  });
  return [...found, ...passed];
}
