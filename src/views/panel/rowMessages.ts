import { commandIds } from '../../manifest.ts';
import type { PanelMessage } from '../../webview/pack/protocol.ts';
import { copyText } from '../shared/clipboard.ts';
import { runPanelCommand } from './panelActions.ts';

/** A message about one row, which the panels of both kinds handle in the same way. */
type RowMessage = Extract<PanelMessage, { type: 'openRule' | 'openResource' | 'copy' | 'copyRule' | 'copyResource' }>;

/** Opens a row in the console or copies it, as its context menu does. `linked`: the pack, as in the context of the menu. */
export function handleRowMessage(linked: object, message: RowMessage): Promise<void> {
  switch (message.type) {
    case 'openRule':
      return runPanelCommand(commandIds.openInConsole, { linked, rule: message.rule });
    case 'openResource':
      return runPanelCommand(commandIds.openInConsole, { linked, resource: getResource(message) });
    case 'copy':
      return copyText(message.text);
    case 'copyRule': {
      const command = message.as === 'link' ? commandIds.copyLink : commandIds.copyMarkdown;
      return runPanelCommand(command, { linked, rule: message.rule });
    }
    case 'copyResource':
      return runPanelCommand(commandIds.copyMarkdown, { linked, rule: message.rule, resource: getResource(message) });
  }
}

const getResource = ({ resourceType, resourceId }: { readonly resourceType: string; readonly resourceId: string }) => ({
  type: resourceType,
  id: resourceId,
});
