import { maxNames, worstFirst } from '../source.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import type { PackList } from '../store/packList.ts';

/**
 * The lists that tell of packs with these exact names; without names, of every pack. Equal names give the
 * same lists, so that to ask again asks nothing.
 */
export function packListsFor(store: ConnectionStore, names: readonly string[] | undefined): readonly PackList[] {
  const all = store.packs(worstFirst);
  if (!names || all.complete) return [all];
  const sorted = [...new Set(names)].sort();
  const chunks = Array.from({ length: Math.ceil(sorted.length / maxNames) }, (_, index) =>
    sorted.slice(index * maxNames, (index + 1) * maxNames),
  );
  return chunks.map((chunk) => store.packs(worstFirst, chunk));
}

/** Reads under way, which whoever asks meanwhile joins: each by itself would ask again where one fails. */
const reads = new WeakMap<PackList, Promise<void>>();

/** Loads each list to its end, where it has not been read or is stale; a failed one waits for a person. */
export async function loadWhole(lists: readonly PackList[]): Promise<void> {
  await Promise.all(lists.map((list) => (list.errors.length > 0 ? list.ensureLoaded() : readOne(list))));
}

function readOne(list: PackList): Promise<void> {
  const underWay = reads.get(list);
  if (underWay) return underWay;
  const read = list.loadAll().finally(() => reads.delete(list));
  reads.set(list, read);
  return read;
}
