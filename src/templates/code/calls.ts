import type { SyntaxNode } from '@lezer/common';
import { type Argument, getPath } from '../expressions/expression.ts';
import { memoize, once } from '../memoize.ts';
import type { Range } from '../model.ts';
import type { Bindings } from './bindings.ts';
import { findAround, findClassName, type ProgramSyntax } from './declarations.ts';
import { findOccurrences } from './words.ts';

/** A call in a program, also with `new`. */
export interface ProgramCall {
  /** The names of the function, or its last one if the function is a member of some other value. */
  readonly path: readonly string[];
  readonly isNew: boolean;
  readonly getArguments: () => readonly Argument[];
  readonly range: Range;
}

/** A class that extends another one, and the calls of that one's constructor in it. */
interface ExtendingClass {
  readonly name: string;
  readonly superCalls: readonly ProgramCall[];
}

/** A class that is longer is not searched for calls of the constructor that it extends. */
const maxClassLength = 50_000;

/** A function with more calls has too many possible arguments to be useful. */
const maxCalls = 200;

const callNodes: ReadonlySet<string> = new Set(['CallExpression', 'NewExpression']);
const argumentLists: ReadonlySet<string> = new Set(['ArgList']);

/** Characters of a program that were converted to expressions. A search of the program counts as some. */
export interface Work {
  done: number;
}

/** Characters that are searched while one is converted. */
const searchedPerConverted = 1_000;

/** Finds the calls of a program. */
export class Calls {
  readonly #text: string;
  readonly #work: Work;
  readonly #bindings: Bindings;
  readonly #syntax: ProgramSyntax;
  /** Calls by the offset of their arguments, which several mentions of packs may share. */
  readonly #calls = new Map<number, ProgramCall | undefined>();

  constructor(text: string, bindings: Bindings, syntax: ProgramSyntax, work: Work) {
    this.#work = work;
    this.#text = text;
    this.#bindings = bindings;
    this.#syntax = syntax;
  }

  /** The call of the function that is named at an offset. */
  findAt(nameStart: number): ProgramCall | undefined {
    let callee = this.#bindings.nodeAt(nameStart);
    if (callee.name !== 'VariableName' && callee.name !== 'PropertyName') return undefined;
    while (callee.parent?.name === 'MemberExpression' && callee.parent.to === callee.to) callee = callee.parent;
    if (callee.parent?.name === 'InstantiationExpression') callee = callee.parent;
    return callee.nextSibling?.name === 'ArgList' ? this.#read(callee.nextSibling) : undefined;
  }

  /** The innermost call that has an offset in its arguments. */
  findAround(at: number): ProgramCall | undefined {
    const list = findAround(this.#bindings.nodeAt(at), argumentLists);
    return list && this.#read(list);
  }

  /** The calls of a function or class in this file. Undefined if there are too many. */
  readonly findAll = memoize((callable: string): readonly ProgramCall[] | undefined =>
    this.#findOccurrences(callable)?.flatMap((at) => this.findAt(at) ?? []),
  );

  /** The classes in this file that extend a class. */
  readonly findExtending = memoize((name: string): readonly ExtendingClass[] | undefined =>
    this.#findOccurrences(name)?.flatMap((at) => this.#readExtending(at) ?? []),
  );

  readonly #findOccurrences = memoize((name: string): readonly number[] | undefined => {
    this.#work.done += this.#text.length / searchedPerConverted;
    return findOccurrences(this.#text, name, maxCalls);
  });

  #readExtending(at: number): ExtendingClass | undefined {
    const { classNodes, findBases, superCall } = this.#syntax;
    const node = findAround(this.#bindings.nodeAt(at), classNodes);
    const base = node && findBases(node).find(({ from, to }) => from <= at && at < to);
    if (!node || base === undefined) return undefined;
    const name = findClassName(base, classNodes, this.#text);
    const text = this.#text.slice(node.from, Math.min(node.to, node.from + maxClassLength));
    const ends = [...text.matchAll(superCall)].map((match) => node.from + match.index + match[0].length);
    return name === undefined ? undefined : { name, superCalls: ends.flatMap((end) => this.findAround(end) ?? []) };
  }

  #read(list: SyntaxNode): ProgramCall | undefined {
    const { from } = list;
    if (!this.#calls.has(from)) this.#calls.set(from, this.#createCall(list));
    return this.#calls.get(from);
  }

  #createCall(list: SyntaxNode): ProgramCall | undefined {
    const target = list.prevSibling;
    const callee = target?.name === 'InstantiationExpression' ? target.firstChild : target;
    const name = callee?.name === 'MemberExpression' ? callee.lastChild : callee;
    // The bases of a class in Python are a list of arguments as well.
    if (!callee || !name || !callNodes.has(list.parent?.name ?? '')) return undefined;
    const path = getPath(this.#syntax.toExpression(callee, this.#text));
    return {
      path: path ?? [this.#text.slice(name.from, name.to)],
      isNew: target?.prevSibling?.name === 'new',
      getArguments: once(() => {
        this.#work.done += list.to - list.from;
        return this.#syntax.toArguments(list, this.#text);
      }),
      // Without a path, the end of the line before may be missing.
      range: { start: (path ? callee : name).from, end: list.to },
    };
  }
}
