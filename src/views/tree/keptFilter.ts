import type { Memento } from 'vscode';
import { type Filter, filterOrNone } from '../../compliance/filter.ts';

const storageKey = 'packscope.filter';

/** The filter that the workspace's view had last; none where what is kept is no filter. */
export const restoreFilter = (storage: Memento): Filter => filterOrNone(storage.get(storageKey)) ?? {};

export function saveFilter(storage: Memento, filter: Filter): void {
  void storage.update(storageKey, filter);
}
