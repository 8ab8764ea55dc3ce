export { groupBy, sort } from './sortAndGroup.ts';
export { filter } from './filter.ts';
export { loadAll, loadMore, refresh, retry } from './loading.ts';
