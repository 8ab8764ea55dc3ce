import { memoize } from '../memoize.ts';
import type { ProgramCall } from './calls.ts';
import { findAliases } from './importers.ts';
import { type LinkedName, SearchedNames } from './origins.ts';
import type { Program } from './program.ts';

/** A call in one of several programs. */
export interface LinkedCall {
  readonly program: Program;
  readonly call: ProgramCall;
}

/** A function with more calls has too many possible arguments to be useful. */
const maxCalls = 200;

/**
 * The calls of a function or class: in its file, in those that import it, and by classes that extend it. Undefined if
 * there are too many.
 */
export const findCalls = (program: Program, name: string): readonly LinkedCall[] | undefined => getCalls(program)(name);

const getCalls = memoize(
  (program: Program) => memoize((name: string) => findAllCalls({ program, name }, new SearchedNames())),
  new WeakMap(),
);

/** Undefined if there are too many. */
function findAllCalls(name: LinkedName, searched: SearchedNames): readonly LinkedCall[] | undefined {
  if (!searched.add(name)) return searched.isIncomplete ? undefined : [];
  const aliases = findAliases(name);
  if (aliases === undefined) return undefined;
  const calls: LinkedCall[] = [];
  for (const each of [name, ...aliases]) {
    const found = findCallsInFile(each, searched);
    if (found === undefined || calls.push(...found) > maxCalls) return undefined;
  }
  return calls;
}

/** The calls in one file. A class without a constructor passes on what its own calls pass. */
function findCallsInFile({ program, name }: LinkedName, searched: SearchedNames): readonly LinkedCall[] | undefined {
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
