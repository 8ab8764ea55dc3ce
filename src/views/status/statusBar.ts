import * as vscode from 'vscode';
import { isSignedOut } from '../../compliance/errors.ts';
import type { ConnectionSummary } from '../../compliance/queries/connectionSummary.ts';
import { commandIds } from '../../manifest.ts';
import { type StatusLine, statusText, statusTooltip } from './statusText.ts';

/** The item in the status bar, there while something is known; a click opens the lowest scores. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('packscope.status', vscode.StatusBarAlignment.Left);

  constructor() {
    this.#item.name = 'Packscope';
    this.#item.command = commandIds.lowestScores;
  }

  show(summaries: readonly ConnectionSummary[], target: number): void {
    const text = statusText(summaries);
    if (text === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = text;
    this.#item.tooltip = tooltip(
      statusTooltip(summaries, target, Date.now()),
      summaries.some(({ error }) => isSignedOut(error)),
    );
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Names are data: they are escaped, and only the one link of ours is followed. */
function tooltip(lines: readonly StatusLine[], signedOut: boolean): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  for (const { kind, text } of lines) {
    if (kind === 'title') markdown.appendMarkdown('\n\n**').appendText(text).appendMarkdown('**');
    else markdown.appendMarkdown(kind === 'item' ? '\n- ' : '\n\n').appendText(text);
  }
  if (!signedOut) return markdown;
  markdown.isTrusted = { enabledCommands: [commandIds.signIn] };
  return markdown.appendMarkdown(`\n\n[Sign In](command:${commandIds.signIn})`);
}
