import type { AggregateRow } from '../../compliance/model.ts';
import { formatCompliance, formatRulesPassing } from '../../compliance/text/states.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';
import { resolvePackRef } from '../palette/resolvePackRef.ts';
import { pickItem } from '../shared/quickPicks.ts';
import type { AggregatorRef } from './chooseAggregator.ts';

/** Opens the panel of a pack in an account. If it has rows in several regions, the user picks one of them. */
export async function openAggregatedPack(
  commandContext: PackCommandContext,
  { connection, name: aggregator }: AggregatorRef,
  rows: readonly AggregateRow[],
  readAt: number | undefined,
): Promise<void> {
  const row = rows.length > 1 ? await pickRow(rows) : rows[0];
  if (row)
    await commandContext.open(resolvePackRef(commandContext.getStores(), { connection, aggregator, row, readAt }));
}

async function pickRow(rows: readonly AggregateRow[]): Promise<AggregateRow | undefined> {
  const items = rows.map((row) => ({
    label: row.region,
    description: `${row.compliance ? formatCompliance(row.compliance) : 'state unknown'} · ${formatRulesPassing(row)}`,
    detail: row.pack,
    row,
  }));
  return (await pickItem(items, { title: 'Open Pack', placeHolder: 'In which region?' }))?.row;
}
