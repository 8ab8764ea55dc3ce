import type { Filter } from '../../../compliance/filter.ts';
import type { Grouping } from '../../../compliance/grouping.ts';
import type { PackOrder } from '../../../compliance/source.ts';

/** What the tree shows, in which order, and how aggregators are grouped. */
export interface TreeQuery {
  readonly filter: Filter;
  readonly order: PackOrder;
  readonly groupBy: Grouping;
}
