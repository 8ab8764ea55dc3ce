import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';

/** A declaration of a name and the range where it is visible. */
export interface Declaration {
  readonly scope: Range;
  /** The assigned value, if any. For a parameter: its default. */
  readonly source: Expression | undefined;
  /** Whether the name takes each element of its source, like a loop variable. */
  readonly isElement: boolean;
  /** The path within the source, for destructuring. */
  readonly path: readonly (string | number)[];
  /** For a parameter: its function. */
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

/** Finds the declarations of names in a program. */
export interface Bindings {
  /** All declarations of a name in the program. */
  declarations(name: string): readonly Declaration[];
  /** The values assigned to a member of a class or of its instances. */
  members(name: string, block: Range): readonly Expression[];
  readonly classes: readonly ClassBlock[];
}

export const contains = (range: Range, at: number): boolean => range.start <= at && at <= range.end;

/** The declarations in the innermost scope around an offset. */
export function findVisible(declarations: readonly Declaration[], at: number): readonly Declaration[] {
  const visible = declarations.filter(({ scope }) => contains(scope, at));
  const size = ({ scope }: Declaration) => scope.end - scope.start;
  const smallest = Math.min(...visible.map(size));
  return visible.filter((declaration) => size(declaration) === smallest);
}
