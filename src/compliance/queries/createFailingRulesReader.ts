import { FailingRulesReader } from '../organization/failingRulesReader.ts';
import type { RowFilter } from '../source.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';

/** Creates a reader of the rules that fail in an aggregator's accounts and regions. */
export const createFailingRulesReader = (
  store: ConnectionStore,
  aggregator: string,
  filter: Pick<RowFilter, 'account' | 'region'> = {},
): FailingRulesReader =>
  new FailingRulesReader(
    store.getOrganizationPages((source, request) =>
      source.listAggregateRules(request, aggregator, { ...filter, compliance: 'NON_COMPLIANT' }),
    ),
  );
