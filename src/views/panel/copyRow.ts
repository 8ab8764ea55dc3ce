import { commandIds } from '../../manifest.ts';
import type { PanelMessage } from '../../webview/pack/protocol.ts';
import { runPanelCommand } from './panelActions.ts';

/** Copies a row of a panel as its context menu does. `linked`: the pack, as in the context of the menu. */
export function copyRow(
  linked: object,
  message: Extract<PanelMessage, { type: 'copyRule' | 'copyResource' }>,
): Promise<void> {
  const { rule } = message;
  if (message.type === 'copyRule')
    return runPanelCommand(message.as === 'link' ? commandIds.copyLink : commandIds.copyMarkdown, { linked, rule });
  const resource = { type: message.resourceType, id: message.resourceId };
  return runPanelCommand(commandIds.copyMarkdown, { linked, rule, resource });
}
