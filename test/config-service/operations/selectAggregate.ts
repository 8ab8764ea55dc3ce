import type { SelectAggregateResourceConfigRequest } from '@aws-sdk/client-config-service';
import type { Aggregator, Estate } from '../estate/estate.ts';
import { isDeployed } from '../estate/scoring.ts';
import {
  countGroups,
  findRequiredValue,
  isFulfilled,
  listProperties,
  selectProperties,
  sortItems,
} from '../query/evaluateQuery.ts';
import { createPackItem, type Item } from '../query/packItems.ts';
import { parseQuery } from '../query/parseQuery.ts';
import { isGrouped, type Query } from '../query/query.ts';
import { iteratePacks } from './aggregatedPacks.ts';
import { findAggregator } from './aggregators.ts';
import type { Operation, Step } from './operation.ts';

interface SelectedStep extends Step {
  readonly row?: Item;
}

/**
 * SelectAggregateResourceConfig: configuration items of deployed packs, ordered by account, region and name. Items and
 * groups by account are streamed; other groups and sorted items are computed for every page.
 */
export const selectAggregate: Operation<SelectAggregateResourceConfigRequest> = {
  *iterate(estate, caller, { ConfigurationAggregatorName, Expression = '' }, after): Generator<Step> {
    const query = parseQuery(Expression);
    const aggregator = findAggregator(estate, caller, ConfigurationAggregatorName);
    const isSorted = isGrouped(query) || query.orderBy.length > 0;
    yield* isSorted ? iterateRows(estate, aggregator, query, after) : iterateItems(estate, aggregator, query, after);
  },
  createOutput: (rows, { Expression = '' }) => ({
    Results: rows.map((row) => JSON.stringify(row)),
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
    yield { position, ...(isMatch && { row: isGrouped(query) ? item : selectProperties(item, columns) }) };
  }
}

/** Groups by account are computed account by account. */
function* iterateRows(estate: Estate, aggregator: Aggregator, query: Query, after: string): Generator<SelectedStep> {
  const isByAccount = query.groupBy[0] === 'accountId' && query.orderBy.length === 0;
  if (!isByAccount) return yield* listRows(estate, aggregator, query, '', after);
  const [afterAccount = ''] = after.split('/');
  for (const account of aggregator.accounts) {
    if (account < afterAccount) continue;
    yield* listRows(estate, { ...aggregator, accounts: [account] }, query, account, after);
  }
}

/** The positions are the indices of the rows, after a prefix of accounts in ascending order. */
function* listRows(
  estate: Estate,
  aggregator: Aggregator,
  query: Query,
  prefix: string,
  after: string,
): Generator<SelectedStep> {
  const [afterPrefix, afterIndex] = after.split('/');
  const items = takeRows(iterateItems(estate, aggregator, query, ''));
  const rows = isGrouped(query) ? countGroups(items, query) : sortItems([...items], query);
  for (const [index, row] of rows.entries()) {
    if (afterPrefix === prefix && index <= Number(afterIndex ?? -1)) continue;
    yield { position: `${prefix}/${index}`, row };
  }
}

function* takeRows(steps: Iterable<SelectedStep>): Generator<Item> {
  for (const { row } of steps) if (row !== undefined) yield row;
}
