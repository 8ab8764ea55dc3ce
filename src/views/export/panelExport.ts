import { createQuery, type ExportSource } from '../../reports/exportQuery.ts';
import type { PanelMessage } from '../../webview/protocol.ts';
import { exportFromPanel } from './runExport.ts';

/** Exports the pack of a panel to a file that the user picks: the rules that the panel shows, or all, with their resources. */
export function exportPanel(source: ExportSource, message: Extract<PanelMessage, { type: 'export' }>): Promise<void> {
  const { format, rules: names, filter, order = 'as the panel shows them', everything } = message;
  const query = createQuery([source], { content: 'resources' });
  return exportFromPanel(everything ? query : { ...query, shownRules: { names, filter, order } }, format);
}
