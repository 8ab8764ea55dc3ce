export { groupBy, sort } from './arrange.ts';
export { copyArn, copyName } from './copy.ts';
export { filter } from './filter.ts';
export { loadAll, loadMore, retry } from './loading.ts';
