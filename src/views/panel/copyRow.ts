import * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import type { PanelMessage } from '../../webview/protocol.ts';

/** Copies a row of a panel as its context menu does. `linked`: the pack, as in the context of the menu. */
export async function copyRow(
  linked: object,
  message: Extract<PanelMessage, { type: 'copyRule' | 'copyResource' }>,
): Promise<void> {
  const { rule } = message;
  const { executeCommand } = vscode.commands;
  if (message.type === 'copyRule') {
    await executeCommand(message.as === 'link' ? commandIds.copyLink : commandIds.copyMarkdown, { linked, rule });
  } else {
    const resource = { type: message.resourceType, id: message.resourceId };
    await executeCommand(commandIds.copyMarkdown, { linked, rule, resource });
  }
}
