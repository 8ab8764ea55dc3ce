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
