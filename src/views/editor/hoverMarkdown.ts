import { commandIds } from '../../manifest.ts';
import type { HoverCommand, HoverLine, HoverSpan } from './hoverContent.ts';

const commands: Record<HoverCommand, string> = {
  openPack: commandIds.openPack,
  openInConsole: commandIds.openInConsole,
  refresh: commandIds.refresh,
};

/** The only commands that a hover's links may run. */
export const hoverCommandIds: readonly string[] = Object.values(commands);

/** Renders each line as a Markdown paragraph. */
export const toMarkdown = (lines: readonly HoverLine[]): string =>
  lines.map((line) => line.map(renderSpan).join('')).join('\n\n');

function renderSpan(span: HoverSpan): string {
  if (typeof span === 'string') return escapeMarkdown(span);
  if ('bold' in span) return `**${escapeMarkdown(span.bold)}**`;
  const { scope, pack } = span.target;
  const args = [{ name: pack.name, account: scope.account, region: scope.region }];
  const query = encodeURIComponent(JSON.stringify(args)).replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${escapeMarkdown(span.link)}](command:${commands[span.command]}?${query})`;
}

/**
 * Characters that Markdown would read as markup, a link or a list. `MarkdownString.appendText` is no alternative: it
 * turns every space into a non-breaking one, and long texts would not wrap.
 */
const markup = /[\\`*[\]<&~@]|(?<![a-z0-9])_|_(?![a-z0-9])|:(?=\/\/)|(?<=www)\.|(?<!\S)[-+#>=]|(?<=^\d+)[.)](?=\s)/gi;

const escapeMarkdown = (text: string): string => text.replace(/\s+/g, ' ').replace(markup, '\\$&');
