import type { HoverLine, HoverSpan } from '../../../src/views/editor/hoverContent.ts';
import type { TemplateProblem } from '../../../src/views/editor/problems.ts';
import { getActionCommand } from '../../../src/views/shared/errorActions.ts';

/** A hover as text: one line each, bold as `**text**`, links as `[text]`. */
export const renderHover = (lines: readonly HoverLine[]): string =>
  lines.map((line) => `${line.map(renderSpan).join('')}\n`).join('');

function renderSpan(span: HoverSpan): string {
  if (typeof span === 'string') return span;
  if ('action' in span) return `[${getActionCommand(span.action).title}]`;
  return 'bold' in span ? `**${span.bold}**` : `[${span.link}]`;
}

/** Problems as text, with the marked text of the template. */
export const renderProblems = (problems: readonly TemplateProblem[], text: string): string =>
  problems
    .map(({ severity, code, range, message }) => {
      const { length: line } = text.slice(0, range.start).split('\n');
      const marked = text.slice(range.start, range.end);
      const excerpt = marked.length > 60 ? `${marked.slice(0, 60)}… (${marked.length})` : marked;
      return `${severity} ${code}, line ${line}: ${JSON.stringify(excerpt)}\n    ${message}\n`;
    })
    .join('');
