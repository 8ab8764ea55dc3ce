import type { Range } from '../model.ts';
import type { Expression } from './expression.ts';

/** The ranges of a name: the text within quotes or the whole expression. */
export function getReferenceRanges(name: Expression, text?: string): { range: Range; valueRange: Range } {
  const valueRange = { start: name.start, end: name.end };
  const inner = name.kind === 'literal' || name.kind === 'template' ? name.inner : undefined;
  return { range: inner === undefined ? valueRange : trimmed(inner, text), valueRange };
}

/** Trims the line ends around a heredoc's text. */
function trimmed({ start, end }: Range, text: string | undefined): Range {
  const whole = text?.slice(start, end) ?? '';
  const lead = whole.length - whole.trimStart().length;
  if (lead === whole.length) return { start, end };
  return { start: start + lead, end: end - (whole.length - whole.trimEnd().length) };
}
