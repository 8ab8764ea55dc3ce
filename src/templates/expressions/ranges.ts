import type { Range } from '../model.ts';
import type { Expression } from './expression.ts';

/** The ranges of a name: the text within quotes or the whole expression. */
export function getReferenceRanges(name: Expression, text?: string): { range: Range; valueRange: Range } {
  const valueRange = { start: name.start, end: name.end };
  const inner = name.kind === 'literal' || name.kind === 'template' ? name.inner : undefined;
  return { range: inner === undefined ? valueRange : trimRange(inner, text), valueRange };
}

/** Trims the line ends around a heredoc's text. */
function trimRange({ start, end }: Range, text: string | undefined): Range {
  const inner = text?.slice(start, end) ?? '';
  const lead = inner.length - inner.trimStart().length;
  if (lead === inner.length) return { start, end };
  return { start: start + lead, end: end - (inner.length - inner.trimEnd().length) };
}
