import { createQuery, type ExportSource, type ResourceColumn } from '../../reports/exportQuery.ts';
import type { PanelMessage } from '../../webview/pack/protocol.ts';
import type { HistoryAccess } from '../history/register.ts';
import { settings } from '../shared/settings.ts';
import { addEarlierScores } from './earlierScores.ts';
import { exportFromPanel } from './runExport.ts';

/**
 * Exports the pack of a panel to a file that the user picks: the rules that the panel shows, or all, with their resources.
 * `history`: what the pack's score is compared with, if it has one. `resourceColumns`: what the panel shows of resources.
 */
export async function exportPanel(
  source: ExportSource,
  message: Extract<PanelMessage, { type: 'export' }>,
  history?: HistoryAccess,
  resourceColumns: readonly ResourceColumn[] = [],
): Promise<void> {
  const { format, rules: names, filter, order = 'as the panel shows them', everything } = message;
  const all = createQuery([source], { content: 'resources', resourceColumns, ownerTag: settings.ownerTag() });
  const query = history ? await addEarlierScores(all, history) : all;
  return exportFromPanel(everything ? query : { ...query, shownRules: { names, filter, order } }, format);
}
