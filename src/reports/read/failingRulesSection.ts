import { createRuleSelection } from '../../compliance/organization/failingRules.ts';
import { createFailingRulesReader } from '../../compliance/queries/createFailingRulesReader.ts';
import { runInSlices } from '../../timeSlicing.ts';
import type { ExportQuery, FailingRulesSource } from '../exportQuery.ts';
import { failingRuleTable } from '../packTables.ts';
import type { ReportSection } from '../report.ts';
import { TableRow, toTableHead } from '../table.ts';
import type { ReadOptions } from './details.ts';
import { readUnhealthySources } from './unhealthySources.ts';

/**
 * Prepares to read the rules that fail in an aggregator's accounts. Rejects if the status of its sources cannot be read,
 * unless it is denied.
 */
export async function openFailingRulesSection(
  source: FailingRulesSource,
  { filter, accountNames }: Pick<ExportQuery, 'filter' | 'accountNames'>,
  { signal, onRead }: Pick<ReadOptions, 'signal' | 'onRead'>,
): Promise<ReportSection> {
  const { store, scope, aggregator } = source;
  const { region } = filter;
  const sources = await readUnhealthySources(source, signal);
  return {
    rowType: 'failingRules',
    aggregator: aggregator.name,
    scope,
    connection: store.connection,
    packs: undefined,
    missingPacks: [],
    grouping: 'none',
    order: undefined,
    table: toTableHead(failingRuleTable),
    unhealthySources: sources.rows,
    failures: sources.errors,
    async *readPages() {
      const reader = createFailingRulesReader(store, aggregator.name, region === undefined ? {} : { region });
      await reader.read(signal, () => onRead?.(reader.rules.length));
      signal.throwIfAborted();
      if (reader.error) throw reader.error;
      const selection = createRuleSelection(filter, accountNames);
      for (const { rule, accounts } of await runInSlices(reader.rules.rank(selection), signal)) {
        const locations = reader.rules.rankLocations(rule, selection);
        yield locations.map((location) => new TableRow(failingRuleTable, { ...location, rule, accounts }));
      }
    },
    readDetails: () => Promise.reject(new Error('Failing rules have no details.')),
  };
}
