import type { SelectResourceConfigRequest } from '@aws-sdk/client-config-service';
import type { Estate, Scope } from '../estate/estate.ts';
import { iterateResources } from '../estate/resources.ts';
import { isFulfilled, selectProperties } from '../query/evaluateQuery.ts';
import type { Item } from '../query/packItems.ts';
import { parseQuery } from '../query/parseQuery.ts';
import { findPacksWithResults } from './localPacks.ts';
import type { Operation, Step } from './operation.ts';

/** SelectResourceConfig: configuration items of the resources in the caller's scope. Groups are not supported. */
export const selectResources: Operation<SelectResourceConfigRequest> = {
  *iterate(estate, caller, { Expression = '' }, after): Generator<Step> {
    const { columns, where } = parseQuery(Expression);
    const first = after === '' ? 0 : Number(after) + 1;
    let index = 0;
    for (const item of iterateItems(estate, caller)) {
      const position = String(index);
      if (index >= first) yield { position, ...(isFulfilled(where, item) && { row: selectProperties(item, columns) }) };
      index += 1;
    }
  },
  createOutput: (rows, { Expression = '' }) => ({
    Results: rows.map((row) => JSON.stringify(row)),
    QueryInfo: { SelectFields: parseQuery(Expression).columns.map((Name) => ({ Name })) },
  }),
  getDefaultPageSize: () => 25,
};

function* iterateItems(estate: Estate, scope: Scope & { readonly account: string }): Generator<Item> {
  const seen = new Set<string>();
  for (const pack of findPacksWithResults(estate, scope, undefined)) {
    for (const { account, region, type, id, tags } of iterateResources(pack, estate.rules(pack), seen)) {
      yield {
        resourceId: id,
        resourceType: type,
        accountId: account,
        awsRegion: region,
        tags: Object.entries(tags).map(([key, value]) => ({ tag: `${key}=${value}`, key, value })),
      };
    }
  }
}
