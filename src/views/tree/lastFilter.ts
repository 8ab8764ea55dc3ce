import type { Memento } from 'vscode';
import { type Filter, tryParseFilter } from '../../compliance/filter.ts';

const storageKey = 'packscope.filter';

/** The workspace's last filter; empty if none or an invalid one is stored. */
export const restoreFilter = (storage: Memento): Filter => tryParseFilter(storage.get(storageKey)) ?? {};

export function saveFilter(storage: Memento, filter: Filter): void {
  void storage.update(storageKey, filter);
}
