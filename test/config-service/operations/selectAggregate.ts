import type { SelectAggregateResourceConfigRequest } from '@aws-sdk/client-config-service';
import type { Aggregator, Estate } from '../estate/estate.ts';
import { isDeployed } from '../estate/scoring.ts';
import {
  findRequiredValue,
  Groups,
  isFulfilled,
  listProperties,
  selectProperties,
  sortItems,
} from '../query/evaluateQuery.ts';
import { createPackItem, type Value } from '../query/packItems.ts';
import { parseQuery } from '../query/parseQuery.ts';
import { isGrouped, type Query } from '../query/query.ts';
import { iteratePacks } from './aggregatedPacks.ts';
import { findAggregator } from './aggregators.ts';
import type { Operation, Step } from './operation.ts';

/** A row, before it becomes JSON. */
interface SelectedStep extends Step {
  readonly item?: Value;
}

/**
 * SelectAggregateResourceConfig: configuration items of deployed packs, ordered by account, region and name. Items are
 * streamed; groups and sorted items are computed for every page.
 */
export const selectAggregate: Operation<SelectAggregateResourceConfigRequest> = {
  *iterate(estate, caller, { ConfigurationAggregatorName, Expression = '' }, after): Generator<Step> {
    const query = parseQuery(Expression);
    const aggregator = findAggregator(estate, caller, ConfigurationAggregatorName);
    const isSorted = isGrouped(query) || query.orderBy.length > 0;
    const steps = isSorted
      ? sortSteps(estate, aggregator, query, after)
      : iterateItems(estate, aggregator, query, after);
    for (const { position, item } of steps) yield item === undefined ? { position } : { position, row: { item } };
  },
  createOutput: (rows, { Expression = '' }) => ({
    Results: rows.map((row) => JSON.stringify('item' in row ? row.item : row)),
    QueryInfo: { SelectFields: parseQuery(Expression).columns.map((Name) => ({ Name })) },
  }),
  getDefaultPageSize: ({ Expression = '' }) => (isGrouped(parseQuery(Expression)) ? 500 : 25),
};

/** Iterates over the items that fulfil the condition, with the selected properties or all those that sorting needs. */
function* iterateItems(estate: Estate, aggregator: Aggregator, query: Query, after: string): Generator<SelectedStep> {
  const { columns, where, groupBy } = query;
  const withRules = [...columns, ...groupBy, ...listProperties(where)].some((name) => name.includes('configRuleList'));
  const filters = {
    account: findRequiredValue(where, 'accountId'),
    region: findRequiredValue(where, 'awsRegion'),
    name: findRequiredValue(where, 'resourceName'),
  };
  for (const { position, pack } of iteratePacks(estate, aggregator, filters, after)) {
    const item =
      pack && isDeployed(pack) && estate.recordsPacks(pack) ? createPackItem(estate, pack, withRules) : undefined;
    const isMatch = item !== undefined && isFulfilled(where, item);
    yield { position, ...(isMatch && { item: isGrouped(query) ? item : selectProperties(item, columns) }) };
  }
}

function* sortSteps(estate: Estate, aggregator: Aggregator, query: Query, after: string): Generator<SelectedStep> {
  const steps = iterateItems(estate, aggregator, query, '');
  const rows = isGrouped(query)
    ? countGroups(steps, query)
    : sortItems(
        [...steps].flatMap(({ item }) => item ?? []),
        query,
      );
  for (let index = after === '' ? 0 : Number(after) + 1; index < rows.length; index += 1) {
    const item = rows[index];
    yield { position: String(index), ...(item !== undefined && { item }) };
  }
}

function countGroups(steps: Iterable<SelectedStep>, query: Query): readonly Value[] {
  const groups = new Groups(query);
  for (const { item } of steps) if (item !== undefined) groups.add(item);
  return groups.createRows();
}
