import { type Expression, getPath } from '../expressions/expression.ts';
import { memoize } from '../memoize.ts';
import type { ResolvedName } from '../model.ts';
import type { Files } from './files.ts';
import { findModules } from './variableAssignments.ts';

/** The values of a folder's variables as JSON. Undefined for those that are not constant. */
type Constants = (variable: string) => string | undefined;

const constants = new WeakMap<Files, (folder: string) => Constants>();

/** What the variables of a folder may be, unless they come from callers. */
export function getConstants(files: Files, folder: string): Constants {
  const getOfFolder =
    constants.get(files) ??
    memoize((each) => {
      if (files.findCalls(each).length > 0) return () => undefined;
      const modules = findModules(files, each, {});
      return memoize((variable) => {
        const values = modules.map((module) => module.evaluateVariable(variable));
        return modules.every(({ budget }) => budget.left > 0) ? JSON.stringify(values) : undefined;
      });
    });
  constants.set(files, getOfFolder);
  return getOfFolder(folder);
}

/** A name that depends on nothing but variables. */
interface VariableName {
  readonly variables: readonly string[];
  /** What the variables were when the name was resolved. */
  values: string | undefined;
  names: readonly ResolvedName[];
}

/** Expressions are kept while the text of their statement stays the same. Undefined for any that depends on more. */
const cache = new WeakMap<Expression, VariableName | undefined>();

/** Resolves a name, or returns what it resolved to before an edit that changed neither it nor its variables. */
export function resolveOnce(
  expression: Expression,
  getValues: Constants,
  resolve: () => readonly ResolvedName[],
): readonly ResolvedName[] {
  const cached = cache.has(expression) ? cache.get(expression) : createVariableName(expression);
  cache.set(expression, cached);
  const values = cached && describeValues(cached.variables, getValues);
  if (cached === undefined || values === undefined) return resolve();
  if (cached.values !== values) {
    cached.names = resolve();
    cached.values = values;
  }
  return cached.names;
}

function createVariableName(expression: Expression): VariableName | undefined {
  const parts = expression.kind === 'template' ? expression.parts : [expression];
  const variables: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string' || part.kind === 'literal') continue;
    const [root, name, ...others] = getPath(part) ?? [];
    if (root !== 'var' || name === undefined || others.length > 0) return undefined;
    variables.push(name);
  }
  return { variables, values: undefined, names: [] };
}

function describeValues(variables: readonly string[], getValues: Constants): string | undefined {
  let described = '';
  for (const variable of variables) {
    const values = getValues(variable);
    if (values === undefined) return undefined;
    described += values;
  }
  return described;
}
