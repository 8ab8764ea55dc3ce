import { defaultPackOrder } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { createQuery, type ExportFilter } from '../../reports/exportQuery.ts';
import type { OverviewFilter, OverviewMessage } from '../../webview/overview/protocol.ts';
import { exportFromPanel } from '../export/runExport.ts';
import { settings } from '../shared/settings.ts';
import type { AggregatorRef } from './chooseAggregator.ts';
import { toRuleTextFilter } from './filterContents.ts';

/** Exports the rows that an overview shows, or all, to a file that the user picks. */
export function exportOverview(
  store: ConnectionStore,
  { scope, name }: AggregatorRef,
  { format, tab, filter, everything }: Extract<OverviewMessage, { type: 'export' }>,
): Promise<void> {
  const source = { store, scope, aggregator: { name, arn: undefined, sources: undefined } };
  const accountNames = settings.accountNames();
  const query =
    tab === 'rules'
      ? createQuery([{ ...source, rowType: 'failingRules' as const }], {
          filter: everything ? {} : toRuleTextFilter(filter),
          accountNames,
        })
      : createQuery([source], {
          filter: everything ? {} : toPackFilter(filter),
          order: defaultPackOrder,
          grouping: tab === 'packs' ? 'pack' : 'account',
          accountNames,
        });
  return exportFromPanel(query, format);
}

/** The rule of an overview's filter restricts only its tab of rules. */
export function toPackFilter({ account, region, pack, compliance }: OverviewFilter): ExportFilter {
  return {
    ...(compliance !== '' && { compliance }),
    ...(region !== '' && { region }),
    ...(pack !== '' && { packLabelContains: pack }),
    ...(account !== '' && { accountContains: account }),
  };
}
