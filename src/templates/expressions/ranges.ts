import type { Range } from '../model.ts';
import type { Expression } from './expression.ts';

/** The ranges of a name, relative to `base`: the text within quotes or the whole expression. */
export function getReferenceRanges(name: Expression, text?: string, base = 0): { range: Range; valueRange: Range } {
  const valueRange = shiftRange(name, base);
  const inner = name.kind === 'literal' || name.kind === 'template' ? name.inner : undefined;
  return { range: inner === undefined ? valueRange : trimRange(shiftRange(inner, base), text), valueRange };
}

/** A range that is relative to `base`, as one of the document. */
export const shiftRange = ({ start, end }: Range, base: number): Range => ({ start: base + start, end: base + end });

/** Trims the line ends around a heredoc's text. */
function trimRange({ start, end }: Range, text: string | undefined): Range {
  const inner = text?.slice(start, end) ?? '';
  const lead = inner.length - inner.trimStart().length;
  if (lead === inner.length) return { start, end };
  return { start: start + lead, end: end - (inner.length - inner.trimEnd().length) };
}

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
