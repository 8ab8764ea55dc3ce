import type { List, Snapshot } from '../paging/list.ts';

/** The lists of one kind, one per query. */
export class ListCache<L extends List<unknown>, Query extends readonly unknown[] = readonly unknown[]> {
  readonly #kind: string;
  readonly #onChange: (list: List<unknown>) => void;
  readonly #lists = new Map<string, L>();
  readonly #queries = new Map<L, Query>();
  #restored: ListSnapshots = {};

  /** `kind` is the prefix of the lists' keys in snapshots. */
  constructor(kind: string, onChange: (list: List<unknown>) => void) {
    this.#kind = kind;
    this.#onChange = onChange;
  }

  /** Returns the list for the query. Creates it, and restores it from its snapshot, on first use. */
  get(query: Query, create: (onChange: () => void) => L): L {
    const key = `${this.#kind} ${JSON.stringify(query)}`;
    const cached = this.#lists.get(key);
    if (cached) return cached;
    const list: L = create(() => this.#onChange(list));
    list.restore(this.#restored[key] ?? []);
    this.#lists.set(key, list);
    this.#queries.set(list, query);
    return list;
  }

  /** The lists with their queries. */
  entries(): Iterable<readonly [Query, L]> {
    return [...this.#queries].map(([list, query]) => [query, list]);
  }

  lists(): Iterable<L> {
    return this.#lists.values();
  }

  snapshot(): ListSnapshots {
    return Object.fromEntries([...this.#lists].map(([key, list]) => [key, list.snapshot()]));
  }

  /** Restores the existing lists, and those that are created later. */
  restore(snapshots: ListSnapshots): void {
    this.#restored = snapshots;
    for (const [key, list] of this.#lists) list.restore(snapshots[key] ?? []);
  }
}

/** Snapshots of lists by kind and query. */
export type ListSnapshots = Readonly<Record<string, readonly (Snapshot | null)[]>>;
