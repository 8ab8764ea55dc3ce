import * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import type { TemplateIndex } from '../../templates/model.ts';
import { settings } from '../settings.ts';
import type { Deployments } from './deployments.ts';
import { type HoverAct, type HoverLine, packHover, ruleHover, type Span } from './hoverText.ts';
import { type Found, foundAt } from './references.ts';
import type { TemplateCache } from './templateCache.ts';

/** The only commands that a hover may run. */
const commands: Record<HoverAct, string> = {
  open: commandIds.openPack,
  console: commandIds.openInConsole,
  refresh: commandIds.refresh,
};

/** Hovers over the names of packs and rules: of what is known, without waiting for the network. */
export class PackHovers implements vscode.HoverProvider {
  readonly #templates: TemplateCache;
  readonly #deployments: Deployments;

  constructor(templates: TemplateCache, deployments: Deployments) {
    this.#templates = templates;
    this.#deployments = deployments;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const index = settings.editor.hover() ? await this.#templates.indexOf(document) : undefined;
    const found = index && foundAt(index, document.offsetAt(position));
    if (!found) return undefined;
    if (vscode.workspace.isTrusted) void this.#deployments.ask(index);
    const { start, end } = found.reference.range;
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    return new vscode.Hover(markdown(this.#lines(index, found)), range);
  }

  #lines(index: TemplateIndex, found: Found): readonly HoverLine[] {
    const answers = found.kind === 'pack' ? this.#deployments.answers(index, found.reference) : [];
    const deployed =
      found.kind === 'pack'
        ? answers.flatMap((answer) => answer.deployed)
        : this.#deployments.withTemplate(index, found.template);
    // Rules are asked of what is looked at alone: the next hover has them.
    if (vscode.workspace.isTrusted) for (const { rules } of deployed) rules.ensure();
    if (found.kind === 'pack') return packHover(answers, Date.now());
    const pending = deployed.some(({ rules }) => rules.state === 'loading');
    return ruleHover(found.reference.resolve()[0]?.text ?? '', deployed, pending);
  }
}

function markdown(lines: readonly HoverLine[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: Object.values(commands) };
  for (const [index, line] of lines.entries()) {
    if (index > 0) text.appendMarkdown('\n\n');
    for (const span of line) append(text, span);
  }
  return text;
}

/** Names and reasons are data, also within a link or in bold. */
function append(text: vscode.MarkdownString, span: Span): void {
  if (typeof span === 'string') text.appendText(span);
  else if ('strong' in span) text.appendMarkdown('**').appendText(span.strong).appendMarkdown('**');
  else {
    const { scope, pack } = span.on;
    const given = { name: pack.name, account: scope.account, region: scope.region };
    const command = `command:${commands[span.act]}?${encodeURIComponent(JSON.stringify([given]))}`;
    text.appendMarkdown('[').appendText(span.link).appendMarkdown(`](${command})`);
  }
}
