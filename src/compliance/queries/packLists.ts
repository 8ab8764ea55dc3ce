import { defaultPackOrder, maxNames } from '../source.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import type { PackList } from '../store/packList.ts';

/**
 * Returns the lists that contain the packs with these exact names, or the list of all packs. The same names give the
 * same lists, so repeated calls issue no further requests.
 */
export function getPackLists(store: ConnectionStore, names?: readonly string[]): readonly PackList[] {
  const all = store.getPackList(defaultPackOrder);
  if (!names || all.isComplete) return [all];
  const sorted = [...new Set(names)].sort();
  const chunks = Array.from({ length: Math.ceil(sorted.length / maxNames) }, (_, index) =>
    sorted.slice(index * maxNames, (index + 1) * maxNames),
  );
  return chunks.map((chunk) => store.getPackList(defaultPackOrder, chunk));
}

/** Loads in progress. Concurrent callers share one, because each would repeat a failed load. */
const loads = new WeakMap<PackList, Promise<void>>();

/** Loads all pages of lists that are unread or stale. Failed lists wait for a manual retry. */
export async function loadPackLists(lists: readonly PackList[]): Promise<void> {
  await Promise.all(lists.map((list) => (list.errors.length > 0 ? list.ensureLoaded() : loadOnce(list))));
}

function loadOnce(list: PackList): Promise<void> {
  const existing = loads.get(list);
  if (existing) return existing;
  const load = list.loadAll().finally(() => loads.delete(list));
  loads.set(list, load);
  return load;
}
