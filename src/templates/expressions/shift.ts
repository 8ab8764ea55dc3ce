import type { Expression } from './expression.ts';

/** Moves an expression and everything in it. */
export const shiftExpression = (expression: Expression, by: number): Expression =>
  by === 0 ? expression : (shiftRanges(expression, by) as Expression);

function shiftRanges(value: unknown, by: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shiftRanges(item, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      (key === 'start' || key === 'end') && typeof inner === 'number' ? inner + by : shiftRanges(inner, by),
    ]),
  );
}
