import { createQuery, type ExportSource } from '../../reports/exportQuery.ts';
import type { PanelMessage } from '../../webview/protocol.ts';
import type { HistoryAccess } from '../history/register.ts';
import { addEarlierScores } from './earlierScores.ts';
import { exportFromPanel } from './runExport.ts';

/**
 * Exports the pack of a panel to a file that the user picks: the rules that the panel shows, or all, with their resources.
 * `history`: what the pack's score is compared with, if it has one.
 */
export async function exportPanel(
  source: ExportSource,
  message: Extract<PanelMessage, { type: 'export' }>,
  history?: HistoryAccess,
): Promise<void> {
  const { format, rules: names, filter, order = 'as the panel shows them', everything } = message;
  const all = createQuery([source], { content: 'resources' });
  const query = history ? await addEarlierScores(all, history) : all;
  return exportFromPanel(everything ? query : { ...query, shownRules: { names, filter, order } }, format);
}
