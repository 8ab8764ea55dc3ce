import type { Memento } from 'vscode';
import { type Filter, isFiltered } from '../../compliance/filter.ts';
import { asRecord } from '../../compliance/unknownValues.ts';
import { isSampleShown } from '../shared/sampleMode.ts';

const storageKey = 'packscope.filter';

/** The workspace's last filter; empty if none or an invalid one is stored, and for sample data. */
export async function restoreFilter(storage: Memento): Promise<Filter> {
  const stored = asRecord(storage.get(storageKey));
  if (isSampleShown() || !isFiltered(stored)) return {};
  // Loaded only where there is a filter to check.
  const { tryParseFilter } = await import('../../compliance/parseFilter.ts');
  return tryParseFilter(stored) ?? {};
}

/** Saves the filter, unless it is one of sample data. */
export function saveFilter(storage: Memento, filter: Filter): void {
  if (!isSampleShown()) void storage.update(storageKey, filter);
}
