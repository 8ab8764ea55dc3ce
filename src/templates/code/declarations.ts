import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';

/** What a name stands for, and where it does. */
export interface Declaration {
  readonly scope: Range;
  /** What it is given; undefined where nobody says. For a parameter: its default. */
  readonly source: Expression | undefined;
  /** Does it go through the elements of its source, as a loop's variable? */
  readonly each: boolean;
  /** Where in the source it is found, as destructuring says. */
  readonly path: readonly (string | number)[];
  /** For a parameter: whose it is. */
  readonly parameter: Parameter | undefined;
}

export interface Parameter {
  /** The function's name, or its class's for a constructor. */
  readonly callable: string;
  readonly index: number;
  readonly name: string;
}

/** A class's or enum's extent. */
export interface ClassBlock extends Range {
  readonly name: string;
}

/** How a language binds names to values. */
export interface Bindings {
  /** Everything a name may stand for anywhere in the program. */
  declarations(name: string): readonly Declaration[];
  /** What is assigned to a member of a class, on its objects or on itself. */
  members(name: string, block: Range): readonly Expression[];
  readonly classes: readonly ClassBlock[];
}

export const contains = (range: Range, at: number): boolean => range.start <= at && at <= range.end;

/** Of all declarations those that count at an offset: the innermost. */
export function findVisible(declarations: readonly Declaration[], at: number): readonly Declaration[] {
  const visible = declarations.filter(({ scope }) => contains(scope, at));
  const size = ({ scope }: Declaration) => scope.end - scope.start;
  const smallest = Math.min(...visible.map(size));
  return visible.filter((declaration) => size(declaration) === smallest);
}
