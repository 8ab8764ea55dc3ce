import type { HoverLine, Span } from '../../../src/views/editor/hoverContent.ts';
import type { TemplateProblem } from '../../../src/views/editor/problems.ts';

/** A hover as text: a line each, `**strong**`, links as `[text]`. */
export const renderHover = (lines: readonly HoverLine[]): string =>
  lines.map((line) => `${line.map(renderSpan).join('')}\n`).join('');

function renderSpan(span: Span): string {
  if (typeof span === 'string') return span;
  return 'strong' in span ? `**${span.strong}**` : `[${span.link}]`;
}

/** Problems as text: a line each, with the text that is underlined. */
export const renderProblems = (problems: readonly TemplateProblem[], text: string): string =>
  problems
    .map(({ severity, code, range, message }) => {
      const { length } = text.slice(0, range.start).split('\n');
      const marked = text.slice(range.start, range.end);
      const place = marked.length > 60 ? `${marked.slice(0, 60)}… (${marked.length})` : marked;
      return `${severity} ${code}, line ${length}: ${JSON.stringify(place)}\n    ${message}\n`;
    })
    .join('');
