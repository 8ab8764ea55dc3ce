import * as vscode from 'vscode';
import { isSignedOut } from '../../compliance/errors.ts';
import type { ConnectionSummary } from '../../compliance/queries/connectionSummary.ts';
import { toBoldMarkdown, toMarkdownText } from '../../compliance/text/plainText.ts';
import { commandIds } from '../../manifest.ts';
import { formatStatus, formatStatusTooltip, type StatusLine } from './statusText.ts';

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
    this.#item.tooltip = createTooltip(
      formatStatusTooltip(summaries, target, Date.now()),
      summaries.some(({ error }) => isSignedOut(error)),
    );
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Escapes all text, because names are data, and trusts the Sign In command only. */
function createTooltip(lines: readonly StatusLine[], hasSignIn: boolean): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  for (const { kind, text } of lines) {
    if (kind === 'title') markdown.appendMarkdown(`\n\n${toBoldMarkdown(text)}`);
    else markdown.appendMarkdown(`${kind === 'item' ? '\n- ' : '\n\n'}${toMarkdownText(text)}`);
  }
  if (!hasSignIn) return markdown;
  markdown.isTrusted = { enabledCommands: [commandIds.signIn] };
  return markdown.appendMarkdown(`\n\n[Sign In](command:${commandIds.signIn})`);
}
