import type { Range } from '../model.ts';

/** A language of expressions. JavaScript includes TypeScript. Operators and conditions differ between them. */
export type ExpressionLanguage = 'terraform' | 'javascript' | 'python' | 'shell';

/** An expression of Terraform, TypeScript, JavaScript, Python or a shell, reduced to what names are built with. */
export type Expression = Range &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly inner?: Range }
    | { readonly kind: 'template'; readonly parts: readonly (string | Expression)[]; readonly inner: Range }
    | { readonly kind: 'name'; readonly name: string }
    /** `of.key` and `of[key]`. */
    | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }
    /** `of[*]`. */
    | { readonly kind: 'splat'; readonly of: Expression }
    | { readonly kind: 'call'; readonly callee: Expression; readonly arguments: readonly Argument[] }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'object'; readonly entries: readonly Entry[] }
    | {
        readonly kind: 'binary';
        readonly operator: string;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly kind: 'not'; readonly of: Expression }
    | {
        readonly kind: 'conditional';
        readonly condition: Expression;
        readonly whenTrue: Expression;
        readonly whenFalse: Expression;
      }
    /** `[for k, v in collection : value if condition]`; with a key it builds a map. */
    | {
        readonly kind: 'for';
        readonly variables: readonly string[];
        readonly collection: Expression;
        readonly key: Expression | undefined;
        readonly value: Expression;
        readonly condition: Expression | undefined;
      }
    /** `...of`, `**of`. */
    | { readonly kind: 'spread'; readonly of: Expression }
    | { readonly kind: 'unknown' }
  );

/** An argument of a call. `name` is set for Python's keyword arguments. */
export interface Argument {
  readonly name: string | undefined;
  readonly value: Expression;
}

/** An entry of an object. An entry without a key is a spread. */
export interface Entry {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

/** The names of a dotted path such as `var.packs`. Undefined for other expressions. */
export function getPath(expression: Expression): readonly string[] | undefined {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind !== 'member' || expression.key.kind !== 'literal') return undefined;
  const parentPath = getPath(expression.of);
  return parentPath && [...parentPath, String(expression.key.value)];
}

/** The value of an object's entry with a literal key. The last one wins. */
export function getEntry(expression: Expression, key: string): Expression | undefined {
  if (expression.kind !== 'object') return undefined;
  return expression.entries.findLast((entry) => entry.key?.kind === 'literal' && entry.key.value === key)?.value;
}

/** A part of an expression, and a path within its value. */
export interface ExpressionPart {
  readonly expression: Expression;
  readonly path: readonly (string | number)[];
}

/** Follows a path through the entries of objects, as far as it is certain which entry it leads to. */
export function selectEntry({ expression, path: [key, ...path] }: ExpressionPart): ExpressionPart {
  const whole = { expression, path: key === undefined ? [] : [key, ...path] };
  if (key === undefined || expression.kind !== 'object') return whole;
  const isOther = (entry: Entry) => entry.key?.kind === 'literal' && String(entry.key.value) !== String(key);
  const possible = expression.entries.filter((entry) => !isOther(entry));
  const last = possible.at(-1);
  if (last?.key?.kind === 'literal') return selectEntry({ expression: last.value, path });
  // A spread object, if there is no other entry that may have the key.
  const isSpread = possible.length === 1 && last !== undefined && last.key === undefined;
  return isSpread ? selectEntry({ expression: last.value, path: whole.path }) : whole;
}
