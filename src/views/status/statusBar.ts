import * as vscode from 'vscode';
import type { ConnectionSummary } from '../../compliance/queries/connectionSummary.ts';
import { toBoldMarkdown, toMarkdownText } from '../../compliance/text/plainText.ts';
import { commandIds } from '../../manifest.ts';
import { type ActionCommand, formatCommandLink, getActionCommand } from '../shared/errorActions.ts';
import { formatStatus, formatStatusTooltip, getStatusActions, type StatusLine } from './statusText.ts';

const openOverview: ActionCommand = {
  title: 'Open Organization Overview',
  command: commandIds.openOrganizationOverview,
  args: [],
};

/** The item in the status bar, visible once something has been loaded. A click shows the lowest scores. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('packscope.status', vscode.StatusBarAlignment.Left);

  constructor() {
    this.#item.name = 'Packscope';
    this.#item.command = commandIds.lowestScores;
  }

  /** `hasAggregators`: whether the connections have aggregators, so that there is an organization overview to open. */
  show(summaries: readonly ConnectionSummary[], target: number, hasAggregators: boolean): void {
    const text = formatStatus(summaries);
    if (text === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = text;
    const commands = getStatusActions(summaries).map((action) => getActionCommand(action));
    if (hasAggregators) commands.push(openOverview);
    this.#item.tooltip = createTooltip(formatStatusTooltip(summaries, target, Date.now()), commands);
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Escapes all text, because names are data, and trusts the commands of its own links only. */
function createTooltip(lines: readonly StatusLine[], commands: readonly ActionCommand[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  for (const { kind, text } of lines) {
    if (kind === 'title') markdown.appendMarkdown(`\n\n${toBoldMarkdown(text)}`);
    else markdown.appendMarkdown(`${kind === 'item' ? '\n- ' : '\n\n'}${toMarkdownText(text)}`);
  }
  if (commands.length === 0) return markdown;
  markdown.isTrusted = { enabledCommands: commands.map(({ command }) => command) };
  return markdown.appendMarkdown(`\n\n${commands.map(formatCommandLink).join(' · ')}`);
}
