import type { SyntaxNode } from '@lezer/common';
import { memoize, once } from '../memoize.ts';
import type { Range } from '../model.ts';
import type { DefinitionIndex } from '../syntax/definitions.ts';
import type { ParsedText } from '../syntax/tree.ts';
import { contains, type Declaration, findAround, type LexicalScope, type ProgramSyntax } from './declarations.ts';
import { findEffect, isOwnChange, selectReaching } from './flow.ts';

/** A name that more assignments may decide has too many possible values to be useful. */
const maxAssignments = 100;

/** The offset at which all of a file has been executed, as when another file imports it. */
export const endOfFile = Number.POSITIVE_INFINITY;

/** A class and those that it extends. */
const maxClasses = 10;

/** Finds what names stand for at a position of a program. */
export class Bindings {
  readonly #parsed: ParsedText;
  readonly #index: DefinitionIndex;
  readonly #syntax: ProgramSyntax;

  constructor(parsed: ParsedText, index: DefinitionIndex, syntax: ProgramSyntax) {
    this.#parsed = parsed;
    this.#index = index;
    this.#syntax = syntax;
  }

  /** The declarations of a name in the innermost scope around an offset, and what may have been assigned to it. */
  findVisible(name: string, at: number): readonly Declaration[] {
    const visible = this.#getVisible(name);
    const found = visible.get(at) ?? this.#findVisible(name, at);
    visible.set(at, found);
    return found;
  }

  /** The same names are looked up again for each choice of an evaluation. */
  readonly #getVisible = memoize((_name: string) => new Map<number, readonly Declaration[]>());

  #findVisible(name: string, at: number): readonly Declaration[] {
    const all = findInnermost(this.#getDefinitions(name), at === endOfFile ? 0 : at)?.readScope() ?? [];
    // What a class or function is does not change with its members.
    const isFixed = all.some(({ value }) => value !== undefined && this.#isFixed(value));
    const declarations = all.filter(
      (each) => !each.isChange || !(isFixed || isOwnChange(each, this.nodeAt(at), at, this.#syntax)),
    );
    if (declarations.length < 2) return declarations;
    const reaching = selectReaching(declarations, this.nodeAt(at), at, this.#syntax);
    return reaching.length > maxAssignments ? [] : reaching;
  }

  /** The declarations of a member of the class around an offset or of a named class, or of what it extends in this file. */
  findMembers(owner: string, member: string, at: number, searched = new Set<number>()): readonly Declaration[] {
    const block = this.#findOwner(owner, at);
    if (block === undefined || searched.has(block.from) || searched.size === maxClasses) return [];
    searched.add(block.from);
    const own = this.#findInClass(block, member);
    if (own.length > 0) return own;
    for (const base of this.#readBases(block)) {
      const inherited = this.findMembers(base.name, member, base.at, searched);
      if (inherited.length > 0) return inherited;
    }
    return [];
  }

  /** What is assigned to a member of a class or file by its name: `Owner.name = x`. */
  findAssigned(owner: string, member: string): readonly Declaration[] {
    return this.#getDefinitions(`${owner}.${member}`).flatMap(({ read }) => read() ?? []);
  }

  #isFixed({ name }: SyntaxNode): boolean {
    return this.#syntax.classNodes.has(name) || this.#syntax.functionNodes.has(name);
  }

  /** The declarations of a member in a class itself: the one around an offset, as in `this.name`, or a named one. */
  findOwnMembers(owner: string, member: string, at: number): readonly Declaration[] {
    const block = this.#findOwner(owner, at);
    return block === undefined ? [] : this.#findInClass(block, member);
  }

  #findInClass({ from }: SyntaxNode, member: string): readonly Declaration[] {
    const names = [member, ...[...this.#syntax.ownNames].map((own) => `${own}.${member}`)];
    return names
      .flatMap((name) => this.#getDefinitions(name))
      .flatMap(({ scope, read }) => (scope.memberOf === from && read()) || []);
  }

  /** What the class around an offset or a named class extends. Undefined if it is not declared in this file. */
  findBases(owner: string, at: number): readonly Base[] | undefined {
    const block = this.#findOwner(owner, at);
    return block && this.#readBases(block);
  }

  #readBases(block: SyntaxNode): readonly Base[] {
    return this.#syntax.findBases(block).map(({ from, to }) => ({ name: this.#parsed.text.slice(from, to), at: from }));
  }

  /** The innermost node that starts at an offset or contains it. */
  nodeAt(at: number): SyntaxNode {
    return at === endOfFile ? this.#parsed.tree.topNode : this.#parsed.tree.resolveInner(at, 1);
  }

  /** The class that `this.name` or `Owner.name` is a member of. */
  #findOwner(owner: string, at: number): SyntaxNode | undefined {
    const isOwn = this.#syntax.ownNames.has(owner);
    return isOwn ? findAround(this.nodeAt(at), this.#syntax.classNodes) : this.#findClass(owner, at);
  }

  #findClass(name: string, at: number): SyntaxNode | undefined {
    for (const { value } of this.findVisible(name, at)) {
      const node = value?.name === 'EnumBody' ? value.parent : value;
      if (node && this.#syntax.classNodes.has(node.name)) return node;
    }
    return undefined;
  }

  readonly #getDefinitions = memoize((name: string): readonly Definition[] => {
    const definitions: readonly Definition[] = this.#index.find(name).map((start) => {
      const node = this.nodeAt(start);
      const isMember = name.includes('.');
      const scope = this.#syntax.findScope(node, isMember, this.#parsed.text);
      return {
        scope,
        readScope: once(() => selectScope(definitions, scope).flatMap(({ read }) => read() ?? [])),
        findDeclared: once(() => findInnermost(definitions, start)),
        read: once(() => {
          const value = this.#syntax.readDeclaration(node, this.#parsed.text, isMember);
          return value && { ...value, start, effect: findEffect(node, this.#syntax) };
        }),
      };
    });
    return definitions;
  });
}

/** A class that another one extends, and where that is written. */
interface Base {
  readonly name: string;
  readonly at: number;
}

interface Definition {
  readonly scope: LexicalScope;
  /** All declarations of its name in its scope, and what is assigned to it later. */
  readonly readScope: () => readonly Declaration[];
  /** For an assignment, the definition that declares its name. Searched once: a name may have hundreds of both. */
  readonly findDeclared: () => Definition | undefined;
  readonly read: () => Declaration | undefined;
}

const isSameRange = (a: Range | undefined, b: Range | undefined): boolean => a?.start === b?.start && a?.end === b?.end;

/** The definitions in a scope, and the assignments to a name that is declared there. */
const selectScope = (definitions: readonly Definition[], { range }: LexicalScope): readonly Definition[] =>
  definitions.filter(({ scope, findDeclared }) =>
    scope.isAssignment ? findDeclared()?.scope.range?.start === range?.start : isSameRange(scope.range, range),
  );

/** The definition with the smallest scope around an offset. */
function findInnermost(definitions: readonly Definition[], at: number): Definition | undefined {
  let innermost: Definition | undefined;
  let innermostLength = Number.POSITIVE_INFINITY;
  for (const definition of definitions) {
    const { range, isAssignment } = definition.scope;
    if (isAssignment || range === undefined || !contains(range, at)) continue;
    const length = range.end - range.start;
    if (length >= innermostLength) continue;
    innermost = definition;
    innermostLength = length;
  }
  return innermost;
}
