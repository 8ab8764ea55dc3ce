import type { Memento } from 'vscode';
import { type Filter, parseFilter } from '../../compliance/filter.ts';

const storageKey = 'packscope.filter';

/** The filter that the workspace's view had last; none where what is kept is no filter. */
export function keptFilter(storage: Memento): Filter {
  try {
    return parseFilter(storage.get(storageKey)) ?? {};
  } catch {
    return {};
  }
}

export function keepFilter(storage: Memento, filter: Filter): void {
  void storage.update(storageKey, filter);
}
