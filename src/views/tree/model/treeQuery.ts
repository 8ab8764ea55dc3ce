import type { Filter } from '../../../compliance/filter.ts';
import type { PackOrder } from '../../../compliance/source.ts';

export const groupings = ['account', 'region', 'status', 'pack', 'none'] as const;
/** How an aggregator's rows are grouped; `none` shows them ungrouped. */
export type Grouping = (typeof groupings)[number];

/** What the tree shows, in which order, and how aggregators are grouped. */
export interface TreeQuery {
  readonly filter: Filter;
  readonly order: PackOrder;
  readonly groupBy: Grouping;
}
