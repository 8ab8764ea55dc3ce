import type { Memento } from 'vscode';
import { type Filter, isFiltered } from '../../compliance/filter.ts';
import { asRecord } from '../../compliance/unknownValues.ts';

const storageKey = 'packscope.filter';

/** The workspace's last filter; empty if none or an invalid one is stored. */
export async function restoreFilter(storage: Memento): Promise<Filter> {
  const stored = asRecord(storage.get(storageKey));
  if (!isFiltered(stored)) return {};
  // Loaded only where there is a filter to check.
  const { tryParseFilter } = await import('../../compliance/parseFilter.ts');
  return tryParseFilter(stored) ?? {};
}

export function saveFilter(storage: Memento, filter: Filter): void {
  void storage.update(storageKey, filter);
}
