/** All groupings, in the order in which they are offered. */
export const groupings = ['account', 'region', 'status', 'pack', 'none'] as const;
/** How an aggregator's rows are grouped; `none` shows them ungrouped. */
export type Grouping = (typeof groupings)[number];
