export { groupBy, sort } from './arrange.ts';
export { filter } from './filter.ts';
export { loadAll, loadMore, refresh, retry } from './loading.ts';
