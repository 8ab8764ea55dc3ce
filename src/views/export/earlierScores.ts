import type { ExportQuery } from '../../reports/exportQuery.ts';
import type { HistoryAccess } from '../history/register.ts';

/** Adds the scores of the last visit, which an export compares scores with. */
export async function addEarlierScores(query: ExportQuery, access: HistoryAccess): Promise<ExportQuery> {
  const history = await access.load();
  await history.loadBaselines();
  return { ...query, getEarlierScore: history.getEarlierScore };
}
