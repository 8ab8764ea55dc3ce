// Every command of the tree in one bundle chunk: register.ts loads it when the first of them runs.
export { filter } from './filter.ts';
export { loadAll, loadMore, refresh, refreshAll, retry } from './loading.ts';
export { groupBy, sort } from './sortAndGroup.ts';
