import { commandIds } from '../../manifest.ts';
import type { HoverAct, HoverLine, Span } from './hoverContent.ts';

const commands: Record<HoverAct, string> = {
  open: commandIds.openPack,
  console: commandIds.openInConsole,
  refresh: commandIds.refresh,
};

/** The only commands that a hover may run. */
export const hoverCommands: readonly string[] = Object.values(commands);

/** A hover as Markdown: a paragraph for each line. */
export const hoverMarkdown = (lines: readonly HoverLine[]): string =>
  lines.map((line) => line.map(spanMarkdown).join('')).join('\n\n');

/** Names and reasons are data, also within a link or in bold. */
function spanMarkdown(span: Span): string {
  if (typeof span === 'string') return escaped(span);
  if ('strong' in span) return `**${escaped(span.strong)}**`;
  const { scope, pack } = span.on;
  const args = [{ name: pack.name, account: scope.account, region: scope.region }];
  const argument = encodeURIComponent(JSON.stringify(args)).replace(/[()]/g, (found) =>
    found === '(' ? '%28' : '%29',
  );
  return `[${escaped(span.link)}](command:${commands[span.act]}?${argument})`;
}

/**
 * What would be markup, a link or a list, and nothing else: `appendText` of VS Code would also make every space
 * one that no line breaks at, and a failure's reason is long.
 */
const markup = /[\\`*[\]<&~@]|(?<![a-z0-9])_|_(?![a-z0-9])|:(?=\/\/)|(?<=www)\.|(?<!\S)[-+#>=]|(?<=^\d+)[.)](?=\s)/gi;

const escaped = (text: string): string => text.replace(/\s+/g, ' ').replace(markup, '\\$&');
