import { toBoldMarkdown, toMarkdownLinkText, toMarkdownText } from '../../compliance/text/plainText.ts';
import { commandIds } from '../../manifest.ts';
import { formatCommandLink, getActionCommand } from '../shared/errorActions.ts';
import type { HoverCommand, HoverLine, HoverSpan } from './hoverContent.ts';

const commands: Record<HoverCommand, string> = {
  openPack: commandIds.openPack,
  openInConsole: commandIds.openInConsole,
  refresh: commandIds.refresh,
};

/** The only commands that the links of these lines may run. */
export function getTrustedCommands(lines: readonly HoverLine[]): readonly string[] {
  const actions = lines.flat().flatMap((span) => (typeof span === 'object' && 'action' in span ? [span.action] : []));
  return [...new Set([...Object.values(commands), ...actions.map((action) => getActionCommand(action).command)])];
}

/** Renders each line as a Markdown paragraph. */
export const toMarkdown = (lines: readonly HoverLine[]): string =>
  lines.map((line) => line.map(renderSpan).join('')).join('\n\n');

function renderSpan(span: HoverSpan): string {
  if (typeof span === 'string') return toMarkdownText(span);
  if ('bold' in span) return toBoldMarkdown(span.bold);
  if ('action' in span) return formatCommandLink(getActionCommand(span.action));
  const { scope, pack } = span.target;
  const args = [{ name: pack.name, account: scope.account, region: scope.region }];
  return formatCommandLink({ title: toMarkdownLinkText(span.link), command: commands[span.command], args });
}
