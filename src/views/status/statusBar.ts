import * as vscode from 'vscode';
import type { ConnectionSummary } from '../../compliance/queries/connectionSummary.ts';
import type { ErrorAction } from '../../compliance/text/errorMessages.ts';
import { toBoldMarkdown, toMarkdownText } from '../../compliance/text/plainText.ts';
import { commandIds } from '../../manifest.ts';
import { formatCommandLink, getActionCommand } from '../shared/errorActions.ts';
import { formatStatus, formatStatusTooltip, getStatusActions, type StatusLine } from './statusText.ts';

/** The item in the status bar, visible once something has been loaded. A click shows the lowest scores. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('packscope.status', vscode.StatusBarAlignment.Left);

  constructor() {
    this.#item.name = 'Packscope';
    this.#item.command = commandIds.lowestScores;
  }

  show(summaries: readonly ConnectionSummary[], target: number): void {
    const text = formatStatus(summaries);
    if (text === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = text;
    this.#item.tooltip = createTooltip(formatStatusTooltip(summaries, target, Date.now()), getStatusActions(summaries));
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Escapes all text, because names are data, and trusts the commands of its own links only. */
function createTooltip(lines: readonly StatusLine[], actions: readonly ErrorAction[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  for (const { kind, text } of lines) {
    if (kind === 'title') markdown.appendMarkdown(`\n\n${toBoldMarkdown(text)}`);
    else markdown.appendMarkdown(`${kind === 'item' ? '\n- ' : '\n\n'}${toMarkdownText(text)}`);
  }
  if (actions.length === 0) return markdown;
  const commands = actions.map((action) => getActionCommand(action));
  markdown.isTrusted = { enabledCommands: commands.map(({ command }) => command) };
  return markdown.appendMarkdown(`\n\n${commands.map(formatCommandLink).join(' · ')}`);
}
